/** A file of an admin's as a mod names it, and what has to be done for it. */
export interface MovedFile {
  /** A web address, or a path beside `config.yaml`. */
  readonly file: string;
  /** Undefined for a web address. */
  readonly advice: string | undefined;
}

const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);

/** Where a picture of the web folder belongs: web addresses stay, files are copied to `pictures/` beside `config.yaml`. */
export const pictureAt = (address: string): MovedFile => movedTo('pictures', address);

/** The same of a style sheet, which lies beside `config.yaml` itself. */
export const styleAt = (address: string): MovedFile => movedTo('', address);

function movedTo(folder: string, address: string): MovedFile {
  const whole = address.startsWith('//') ? `https:${address}` : address;
  if (isWebAddress(whole)) return { file: whole, advice: undefined };
  const name = nameOf(whole);
  const file = folder === '' ? name : `${folder}/${name}`;
  return { file, advice: `Copy ${address} from the web folder to ${file} beside config.yaml.` };
}

/** Name of a file in an address, without what no file system takes. */
function nameOf(address: string): string {
  const last = (address.split(/[?#]/, 1)[0] ?? '').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return plain === '' || /^\.+$/.test(plain) ? 'file' : plain;
}
