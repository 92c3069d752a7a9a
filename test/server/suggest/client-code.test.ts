import { describe, expect, it } from 'vitest';
import * as code from '../../../server/suggest/client-code.ts';

const read = (found: readonly code.Found[]) => found.map(({ what, proposal }) => proposal?.options ?? what);

/** Main script of 10.8, where the exports may lead to other functions. */
const OLD = ({ backdrops = 'P', themeSongs = 'w', nextVideo = 'y' } = {}) =>
  `r.d(t,{enableBackdrops:function(){return ${backdrops}},enableBlurhash:function(){return _},enableNextVideoInfoOverlay:function(){return ${nextVideo}},enableThemeSongs:function(){return ${themeSongs}}});var c=new l,y=c.enableNextVideoInfoOverlay.bind(c),w=c.enableThemeSongs.bind(c),_=c.enableBlurhash.bind(c),P=c.enableBackdrops.bind(c);"true"===(e=this.get("enableBackdrops",!1))`;
/** Main script of 10.9 and later, where a call has the default. */
const NEW = (name: string, sign: 0 | 1) =>
  `void 0!==e?this.set("${name}",e.toString(),!1):(0,i.G4)(this.get("${name}",!1),!${sign})}`;
const NUMBER = (name: string, value: number) =>
  `t=parseInt(this.get("${name}",!1),10);return 0===t?0:t||${value}}`;
const AUDIO = (value: string) => `this.get("allowedAudioChannels",!1)||"${value}"}`;

describe('the main script', () => {
  it.each([
    ['10.8 with backdrops', OLD({ backdrops: '_' }), [{ enableBackdrops: true }]],
    ['10.8 with theme songs', OLD({ themeSongs: '_' }), [{ enableThemeSongs: true }]],
    [
      '10.9 without the next video',
      'enableNextVideoInfoOverlay:function(){return ne},ne=x.other.bind(x),j=x.enableNextVideoInfoOverlay.bind(x)',
      [{ enableNextVideoInfoOverlay: false }],
    ],
    ['10.9 with backdrops', NEW('enableBackdrops', 0), [{ enableBackdrops: true }]],
    [
      '12.0 with theme songs',
      NEW('enableThemeSongs', 0).replace('(0,i.G4)', '(0,p.G4)'),
      [{ enableThemeSongs: true }],
    ],
    ['theme songs as they were printed', '"enableThemeSongs", !1), !0);', [{ enableThemeSongs: true }]],
    ['larger pages', NUMBER('libraryPageSize', 300), [{ libraryPageSize: 300 }]],
    ['a shorter Next Up', NUMBER('maxDaysForNextUp', 30), [{ maxDaysForNextUp: 30 }]],
    ['stereo', AUDIO('2'), [{ allowedAudioChannels: 'stereo' }]],
    ['six channels', AUDIO('6'), [{ allowedAudioChannels: 5.1 }]],
    ['a title', 'document.title="Films"},x(){document.title=e||"Films"}', [{ title: 'Films' }]],
    [
      'a logo in the drawer',
      `'<div style="height:.5em;"></div>',t+='<img src="/web/logo.png" width=250px>',`,
      [{ picture: 'pictures/logo.png' }],
    ],
  ])('has %s', (_name, text, found) => {
    expect(read(code.recogniseMainScript(text))).toEqual(found);
  });

  it.each([
    ['10.8', OLD()],
    [
      '10.9 and later',
      [NEW('enableBackdrops', 1), NEW('enableCinemaMode', 0), NEW('enableNextVideoInfoOverlay', 0)].join(),
    ],
    ['usual numbers', NUMBER('libraryPageSize', 100) + NUMBER('maxDaysForNextUp', 365) + AUDIO('-1')],
    ['the usual title', 'document.title="Jellyfin",document.title=e||"Jellyfin"'],
    ['a setting of somebody else', NEW('enableSomething', 0)],
    ['the usual drawer', `'<div style="height:.5em;"></div>',n+='<a is="emby-linkbutton" c`],
  ])('of %s has nothing to say as it is shipped', (_name, text) => {
    expect(code.recogniseMainScript(text)).toEqual([]);
  });
});

describe('the sign-in form', () => {
  const FORM =
    '<div class="padded-left padded-right padded-bottom-page margin-auto-y"> <form class="manualLoginForm">';

  it('has a logo above it, and a link below that replacing has put in twice', () => {
    const link =
      '<a href="https://www.example.org" class="emby-button raised block btnCUSTOMBUTTON">Ask us</a> ';
    const text = `${FORM.replace('> <form', '><img src="/web/logo.png" width=350px style="display:block;"> <form')}${link}<div class="loginDisclaimerContainer"> ${link}<div class="loginDisclaimer">`;
    expect(read(code.recogniseLoginForm(text))).toEqual([
      { picture: 'pictures/logo.png' },
      { buttons: [{ url: 'https://www.example.org', name: 'Ask us' }] },
    ]);
    expect(code.recogniseLoginForm(FORM)).toEqual([]);
  });

  it.each([
    [
      '10.8',
      '.addEventListener("click",(function(){window.open("https://jfa.example.org/my/account","_blank")}))',
    ],
    ['10.11', '.addEventListener("click",(function(){location.href="https://jfa.example.org/my/account"}))'],
    ['12.0', '.addEventListener("click",()=>{window.location="https://jfa.example.org/my/account"})'],
  ])('leads who forgot the password elsewhere, as edited in %s', (_version, listener) => {
    expect(read(code.recogniseLoginScript(`e.querySelector(".btnForgotPassword")${listener}`))).toEqual([
      { show: 'https://jfa.example.org/my/account' },
    ]);
  });

  it.each(['m.ZP.navigate("forgotpassword.html")', 'y.default.navigate("forgotpassword")'])(
    'leads to the page of Jellyfin as it is shipped: %s',
    (call) => {
      const text = `e.querySelector(".btnForgotPassword").addEventListener("click",(function(){${call}}))`;
      expect(code.recogniseLoginScript(text)).toEqual([]);
    },
  );

  it('has a link in the text of the button', () => {
    const text = `JSON.parse('{"ButtonForgotPassword":"<a href=\\'https://jfa.example.org\\' style=\\'x\\'></a>Forgot Password"}')`;
    expect(read(code.recogniseStrings(text))).toEqual([{ show: 'https://jfa.example.org' }]);
    expect(code.recogniseStrings('{"ButtonForgotPassword":"Forgot Password"}')).toEqual([]);
  });
});

describe('the page for who forgot the password', () => {
  const PAGE = (text: string, then = 'n.ZP.navigate("forgotpasswordpin.html")') =>
    `if("PinCode"==e.Action){var t=${text};void n.ZP.alert({message:t,callback:function(){${then}}})}`;
  const OWN =
    'a.ZP.translate("MessageForgotPasswordFileCreated");t+="<br/>",t+="Enter PIN here to finish Password Reset<br/>",t+=e.PinFile';

  it('speaks of a mail', () => {
    expect(
      read(
        code.recogniseForgotPassword(PAGE('"";t+="<br/>",t+="We sent you a mail<br/>"', 'history.back()')),
      ),
    ).toEqual([{ show: 'check-your-messages', text: 'We sent you a mail' }]);
    expect(read(code.recogniseForgotPassword(PAGE(OWN, 'history.back()')))).toEqual([
      { show: 'check-your-messages' },
    ]);
  });

  it('has nothing to say as it is shipped', () => {
    expect(code.recogniseForgotPassword(PAGE(OWN))).toEqual([]);
  });
});

it('frames are tabs, or chosen films', () => {
  const frame = (src: string) =>
    `<div class="sections"><iframe class="requestIframe" src="${src}" width="100%"></iframe></div>`;
  expect(read(code.recogniseFrames(frame('https://requests.example.org')))).toEqual([
    { name: 'Requests', url: 'https://requests.example.org' },
  ]);
  expect(read(code.recogniseFrames(frame('/web/featured.html')))).toEqual([{}]);
  expect(code.recogniseFrames('<iframe width="1">')).toEqual([]);
});

it('a comparison where the box of fMP4 is set takes it out of use', () => {
  const line = (sign: string) =>
    `e.querySelector(".chkPreferFmp4HlsContainer").checked${sign}i.preferFmp4HlsContainer()`;
  expect(read(code.recognisePlayback(line('==')))).toEqual([{ preferFmp4HlsContainer: false }]);
  expect(code.recognisePlayback(line('='))).toEqual([]);
});

it('wide cards of live television have no mod', () => {
  const line = (shape: string) => `"upcomingTvMovieItems",null,{shape:v()?"${shape}":"backdrop"`;
  expect(read(code.recogniseLiveTv(line('overflowBackdrop')))).toEqual([
    expect.stringContaining('wide cards'),
  ]);
  expect(code.recogniseLiveTv(line('overflowPortrait'))).toEqual([]);
});
