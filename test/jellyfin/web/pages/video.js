/* #videoOsdPage and the player behind it: a <video> in .videoPlayerContainer, first in <body>. What it plays is a
   picture of the client's own that changes, so that it plays, stands still and ends as a film does. */
const osdButton = (name, picture) =>
  `<button is="paper-icon-button-light" class="btn${name} autoSize">${icon(picture, 'xlargePaperIconButton')}</button>`;
const VIDEO_TEMPLATE = {
  default: `<div id="videoOsdPage" data-role="page" class="page libraryPage" data-backbutton="true">
    <div class="upNextContainer hide"></div>
    <div class="videoOsdBottom videoOsdBottom-maincontrols"><div class="osdControls">
      <div class="osdTextContainer osdMainTextContainer"><h3 class="osdTitle"></h3></div>
      <div class="buttons focuscontainer-x"><div dir="ltr">${osdButton('Rewind', 'fast_rewind')}${osdButton('Pause', 'pause')}${osdButton('FastForward', 'fast_forward')}</div></div>
    </div></div></div>`,
};

function createPlayer(item) {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  let hue = 0;
  const ticking = setInterval(() => {
    pen.fillStyle = `hsl(${hue++} 60% 50%)`;
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }, 40);
  const box = document.createElement('div');
  box.className = 'videoPlayerContainer';
  box.dir = 'ltr';
  box.innerHTML = '<video class="htmlvideoplayer" preload="metadata" autoplay="autoplay" webkit-playsinline playsinline></video>';
  const video = box.querySelector('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(25);
  document.body.insertBefore(box, document.body.firstChild);
  return {
    id: 'htmlvideoplayer',
    isLocalPlayer: true,
    item,
    video,
    destroy() {
      clearInterval(ticking);
      video.pause();
      box.remove();
    },
  };
}

Object.assign(playbackManager, {
  player: null,
  getCurrentPlayer: () => playbackManager.player,
  currentItem(player) {
    if (!player) throw new Error('player cannot be null');
    return player.item;
  },
  isPlaying: () => playbackManager.player !== null,
  begin(item) {
    playbackManager.stop();
    playbackManager.player = createPlayer(item);
  },
  async play({ items }) {
    const [item] = items;
    if (item.url) return playbackManager.playSound({ items });
    playbackManager.begin(item);
    Dashboard.navigate(pathOf('video'));
  },
  stop() {
    playbackManager.player?.destroy();
    playbackManager.player = null;
  },
});

definePage('video', {
  type: 'video-osd',
  template: VIDEO_TEMPLATE,
  autoFocus: false,
  controller(view) {
    view.querySelector('.btnPause').addEventListener('click', () => {
      const { video } = playbackManager.player;
      if (video.paused) video.play();
      else video.pause();
    });
    view.addEventListener('viewbeforeshow', () => {
      if (!playbackManager.player) playbackManager.begin(null);
      document.querySelector('.skinHeader').classList.add('osdHeader');
      view.querySelector('.osdTitle').textContent = playbackManager.player.item?.Name ?? '';
    });
    view.addEventListener('viewbeforehide', () => {
      document.querySelector('.skinHeader').classList.remove('osdHeader');
      playbackManager.stop();
    });
  },
});
