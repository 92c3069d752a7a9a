import decodeQR from 'qr/decode.js';
import sharp from 'sharp';

/** What a camera reads of a picture with a QR code in it: an SVG document, or the bytes of a PNG. */
export async function readQr(picture: string | Buffer): Promise<string> {
  const bytes = Buffer.from(picture);
  const image =
    typeof picture === 'string' ? sharp(bytes, { density: 600 }).resize({ width: 600 }) : sharp(bytes);
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ data: new Uint8Array(data), width: info.width, height: info.height });
}
