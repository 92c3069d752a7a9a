/** Pictures that fade into one another on two layers of an element. */
interface Alternation {
  /** Prefix of the animations. */
  readonly name: string;
  /** Values of `background-image`, two at least. */
  readonly images: readonly string[];
  /** How long each shows. */
  readonly seconds: number;
  /** Selectors of the lower and the upper layer. Without the animation the first picture shows on the lower one. */
  readonly layers: readonly [lower: string, upper: string];
}

/** Longest time that two pictures show at once. */
const FADE_SECONDS = 2;

/**
 * Animates any number of pictures on two layers: the upper one fades in over the lower and out again, and each gets its next
 * picture while it is out of sight, so that this is loaded long before it shows. Nothing moves for people who asked for
 * less motion.
 */
export function alternating({ name, images, seconds, layers: [lower, upper] }: Alternation): string {
  // A round ends where it began, so an odd number of pictures goes round twice.
  const steps = images.length % 2 === 0 ? images.length : 2 * images.length;
  const fade = FADE_SECONDS / seconds;
  const at = (step: number) => `${Math.round((1e6 * step) / steps) / 1e4}%`;
  const image = (step: number) => images[step % images.length];
  const frame = (step: number, rule: string) => `  ${at(step)} { ${rule}; }`;
  const pairs = Array.from({ length: steps / 2 }, (_, pair) => 2 * pair);
  const shows = (step: number) => `background-image: ${image(step)}`;
  const lowerFrames = [
    frame(0, shows(0)),
    ...pairs.map((even) => frame(even + 1.5, shows((even + 2) % steps))),
  ];
  const upperFrames = [
    frame(0, shows(steps - 1)),
    ...pairs.map((even) => frame(even + 0.5, shows(even + 1))),
  ];
  const fades = [
    ...pairs.flatMap((even) => [
      frame(even, 'opacity: 1'),
      frame(even + fade, 'opacity: 0'),
      frame(even + 1, 'opacity: 0'),
      frame(even + 1 + fade, 'opacity: 1'),
    ]),
    frame(steps, 'opacity: 1'),
  ];
  const total = `${steps * seconds}s`;
  // Begins where the last picture has just gone out of sight.
  const from = `-${FADE_SECONDS}s`;
  return `@keyframes ${name}-lower {\n${lowerFrames.join('\n')}\n}
@keyframes ${name}-upper {\n${upperFrames.join('\n')}\n}
@keyframes ${name}-fade {\n${fades.join('\n')}\n}
${lower} { animation: ${name}-lower ${total} ${from} step-end infinite; }
${upper} { animation: ${name}-upper ${total} ${from} step-end infinite, ${name}-fade ${total} ${from} linear infinite; }
@media (prefers-reduced-motion: reduce) {
  ${lower}, ${upper} { animation: none; }
}`;
}
