import type { ClientContext } from '../../client/client-mod.ts';
import type { Effect } from './calendar.ts';

interface Particle {
  x: number;
  y: number;
  /** In pixels. */
  readonly size: number;
  /** 0 to 1; makes each move and look a little different. */
  readonly kind: number;
  age: number;
}

/** Most particles of each amount, on a wide screen and a fast device; a firework is made of 28 dots. */
const MOST = { few: 20, some: 45, many: 90 } as const;
const FIREWORKS_EACH = 12;
const DOTS = 28;

/** Frames are not drawn more often than this, in milliseconds. */
const FRAME_MS = 33;
/** A device that takes longer than this to draw one gets fewer particles. */
const SLOW_MS = 10;

/** How much of it. */
export type Amount = keyof typeof MOST;

/** How many particles there are. */
export function particlesOn(effect: Effect, amount: Amount, width: number, isSlow: boolean): number {
  const wanted = (MOST[amount] * Math.min(1, width / 1200)) / (isSlow ? 3 : 1);
  return Math.max(1, Math.round(effect === 'fireworks' ? wanted / FIREWORKS_EACH : wanted));
}

/**
 * Draws an effect on a canvas until it is ended. Browsers ask for no frames of a tab that does not show.
 *
 * @param guard As `ClientContext.guard`.
 * @returns Ends it.
 */
export function animate(
  canvas: HTMLCanvasElement,
  effect: Effect,
  count: () => number,
  guard: ClientContext<unknown>['guard'],
): () => void {
  const pen = canvas.getContext('2d');
  if (pen === null) return () => undefined;
  let particles: Particle[] = [];
  let share = 1;
  let last = 0;
  let frame = 0;

  const draw = guard((time: number) => {
    frame = window.requestAnimationFrame(draw);
    if (time - last < FRAME_MS) return;
    const seconds = Math.min(0.1, (time - last) / 1000);
    last = time;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const wanted = Math.max(1, Math.round(count() * share));
    while (particles.length < wanted) particles.push(born(width, height));
    particles = particles.slice(0, wanted);
    const begun = performance.now();
    pen.clearRect(0, 0, width, height);
    for (const particle of particles) {
      move(particle, effect, seconds, width, height);
      pen.save();
      pen.translate(particle.x, particle.y);
      DRAW[effect](pen, particle);
      pen.restore();
    }
    if (performance.now() - begun > SLOW_MS) share = Math.max(0.2, share / 2);
  });
  frame = window.requestAnimationFrame(draw);
  return () => window.cancelAnimationFrame(frame);
}

function born(width: number, height: number): Particle {
  return {
    x: Math.random() * width,
    y: Math.random() * height,
    size: 3 + Math.random() * 5,
    kind: Math.random(),
    age: Math.random() * 2,
  };
}

function move(particle: Particle, effect: Effect, seconds: number, width: number, height: number): void {
  const { kind, size } = particle;
  particle.age += seconds;
  if (effect === 'fireworks') {
    if (particle.age < 2) return;
    particle.age = 0;
    particle.x = Math.random() * width;
    particle.y = Math.random() * height * 0.6;
    return;
  }
  const sway = Math.sin(particle.age * (1 + kind)) * 20 * seconds;
  if (effect === 'bats') {
    particle.x += (60 + kind * 80) * seconds;
    particle.y += sway * 2;
  } else {
    particle.x += sway;
    particle.y += (effect === 'hearts' ? -1 : 1) * (20 + size * 6) * seconds;
  }
  const rest = 30;
  if (particle.y > height + rest) particle.y = -rest;
  if (particle.y < -rest) particle.y = height + rest;
  if (particle.x > width + rest) particle.x = -rest;
  if (particle.x < -rest) particle.x = width + rest;
}

type Draw = (pen: CanvasRenderingContext2D, particle: Particle) => void;

const LEAF_COLOURS = ['#c8641e', '#d99a26', '#a8431b', '#8a6b1f'];

const DRAW: { readonly [effect in Effect]: Draw } = {
  snow(pen, { size, kind }) {
    pen.globalAlpha = 0.5 + kind / 2;
    pen.fillStyle = '#fff';
    // Seen on white themes, too.
    pen.shadowColor = 'rgba(60, 80, 110, 0.9)';
    pen.shadowBlur = 2;
    dot(pen, 0, 0, size / 2);
  },
  leaves(pen, { size, kind, age }) {
    pen.rotate(Math.sin(age * (1 + kind)) * 1.5 + kind * 6);
    pen.fillStyle = LEAF_COLOURS[Math.floor(kind * LEAF_COLOURS.length)] ?? '#c8641e';
    pen.beginPath();
    pen.moveTo(-size * 2, 0);
    pen.quadraticCurveTo(0, -size * 1.6, size * 2, 0);
    pen.quadraticCurveTo(0, size * 1.6, -size * 2, 0);
    pen.fill();
  },
  hearts(pen, { size, kind }) {
    const s = size * 1.8;
    pen.globalAlpha = 0.5 + kind / 2;
    pen.fillStyle = '#e0355f';
    pen.beginPath();
    pen.moveTo(0, s);
    pen.bezierCurveTo(-s * 1.6, -s * 0.2, -s * 0.8, -s * 1.3, 0, -s * 0.4);
    pen.bezierCurveTo(s * 0.8, -s * 1.3, s * 1.6, -s * 0.2, 0, s);
    pen.fill();
  },
  bats(pen, { size, kind, age }) {
    const flap = Math.sin(age * (8 + kind * 4)) * size;
    pen.fillStyle = '#17131c';
    pen.strokeStyle = 'rgba(190, 170, 210, 0.7)';
    pen.beginPath();
    for (const side of [-1, 1]) {
      pen.moveTo(0, -size * 0.5);
      pen.quadraticCurveTo(side * size * 1.5, -size * 1.5 + flap, side * size * 3, -size * 0.4 + flap);
      pen.quadraticCurveTo(side * size * 1.4, -size * 0.2, 0, size);
    }
    pen.fill();
    pen.stroke();
  },
  fireworks(pen, { size, kind, age }) {
    const grown = Math.min(1, age);
    pen.globalAlpha = Math.max(0, 1 - age / 1.8);
    pen.fillStyle = `hsl(${Math.round(kind * 360)}, 90%, 60%)`;
    for (let at = 0; at < DOTS; at += 1) {
      const angle = (at / DOTS) * 2 * Math.PI;
      const far = (0.6 + ((at * 7) % 5) / 10) * grown * size * 18;
      dot(pen, Math.cos(angle) * far, Math.sin(angle) * far + age * age * 14, 2);
    }
  },
};

function dot(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}
