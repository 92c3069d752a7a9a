import type { ClientContext, RunClient } from '../../client/client-mod.ts';
import { openDialog } from '../../jellyfin/dialog.client.ts';
import { PICTURE_FORBIDDEN, PROFILE_PICTURE, profileOf, sendPicture } from '../../jellyfin/user-picture.ts';
import type { Avatar } from './mod.ts';
import { cancel, choose, chosen, failed, forbidden, numbered } from './texts.json';

interface Options {
  readonly pictures: readonly Avatar[];
}

/** Width and height of what is sent to Jellyfin, in pixels: the client shows it at half of that. */
const SIDE = 400;

/** Puts a button on the own profile page, which opens the pictures to choose from. */
export const run: RunClient<Options> = (context) => {
  const { onPage, find, insertOnce, personId, text, guard } = context;
  onPage(['userProfile'], (page) => {
    const person = personId();
    // Administrators may look at the page of somebody else; a changed address does not always show a new page.
    const isOwn = () => (profileOf(window.location.href) ?? person) === person;
    if (person === undefined || !isOwn()) return undefined;
    const insert = guard(() => {
      const column = find('profileName', page)[0]?.parentElement;
      if (!column) return;
      observer.disconnect();
      insertOnce(column, 'button', () => {
        const button = makeButton('emby-button raised', text(choose));
        button.onclick = guard(() => {
          if (isOwn()) offer(context, page, person, button);
        });
        return button;
      });
    });
    const observer = new MutationObserver(insert);
    observer.observe(page, { childList: true, subtree: true });
    insert();
    return () => observer.disconnect();
  });
};

/** Opens the dialog; it stays open while a picture cannot be set, and says why. */
function offer(
  context: ClientContext<Options>,
  page: HTMLElement,
  person: string,
  opener: HTMLElement,
): void {
  const { options, personId, text, toast, guard } = context;
  const content = document.createElement('div');
  content.appendChild(document.createElement('h2')).textContent = text(choose);
  const message = content.appendChild(document.createElement('p'));
  message.className = 'avatars-message';
  message.setAttribute('role', 'alert');
  const list = content.appendChild(document.createElement('div'));
  list.className = 'avatars-list';
  let isBusy = false;

  const fail = guard((reason: unknown) => {
    isBusy = false;
    content.className = '';
    const { status } = Object(reason) as { status?: unknown };
    message.textContent = text(status === PICTURE_FORBIDDEN ? forbidden : failed);
  });
  const take = ({ src }: Avatar, image: HTMLImageElement) => {
    if (isBusy || personId() !== person) return;
    isBusy = true;
    content.className = 'avatars-busy';
    message.textContent = '';
    const done = guard(() => {
      if (personId() !== person) return;
      show(page, src);
      toast(text(chosen));
      close();
    });
    asPng(image)
      .then((picture) => sendPicture(window, person, picture))
      .then(done, fail);
  };
  options.pictures.forEach((avatar, index) => {
    const name = avatar.name || text(numbered).replace('{0}', String(index + 1));
    const button = makeButton('', '');
    button.title = name;
    const image = document.createElement('img');
    image.alt = name;
    image.src = avatar.src;
    button.appendChild(image);
    button.onclick = guard(() => take(avatar, image));
    list.appendChild(button);
  });
  const leave = content.appendChild(makeButton('emby-button raised', text(cancel)));
  const close = openDialog({ label: text(choose), className: 'avatars', content, opener, guard });
  leave.onclick = guard(close);
}

/** The middle of a picture as a PNG, in base64; rejects when the browser cannot draw it. */
function asPng(image: HTMLImageElement): Promise<string> {
  return new Promise((resolve) => {
    const { naturalWidth: width, naturalHeight: height } = image;
    const side = Math.min(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const pen = canvas.getContext('2d');
    if (pen === null || side === 0) throw new Error('the picture cannot be drawn');
    pen.drawImage(image, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    resolve(canvas.toDataURL('image/png').split(',')[1] ?? '');
  });
}

/** As the client itself does before it hears of the new picture, and with the button that fits. */
function show(page: HTMLElement, src: string): void {
  const picture = page.querySelector<HTMLElement>(PROFILE_PICTURE.picture);
  if (picture !== null) picture.style.backgroundImage = `url("${src}")`;
  page.querySelector(PROFILE_PICTURE.add)?.classList.add(PROFILE_PICTURE.hidden);
  page.querySelector(PROFILE_PICTURE.remove)?.classList.remove(PROFILE_PICTURE.hidden);
}

function makeButton(className: string, words: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = words;
  return button;
}
