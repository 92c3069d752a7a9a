import { expect, it } from 'vitest';
import { createPersons } from '../../../injector/client/persons.ts';

function start(parts: Parameters<typeof createPersons>[2]) {
  const pages = new EventTarget();
  const asked: string[] = [];
  const session = { person: undefined as string | undefined };
  const persons = createPersons(
    pages,
    {
      personId: () => session.person,
      async ask(path) {
        asked.push(path);
        return { Policy: { IsAdministrator: session.person === 'admin' } };
      },
    },
    parts,
  );
  return {
    ...{ persons, asked },
    async enter(person: string | undefined) {
      session.person = person;
      pages.dispatchEvent(new Event('viewshow'));
      await Promise.resolve();
    },
  };
}

it('Jellyfin is not asked who is an administrator where nothing is for administrators', async () => {
  const { persons, asked, enter } = start([{}, { person: 'signed-in' }, { person: 'signed-out' }]);
  expect(persons.is('signed-out')).toBe(true);
  await enter('admin');
  expect(persons.is('signed-in')).toBe(true);
  expect(asked).toEqual([]);
});

it('it is asked once a person where something is', async () => {
  const { persons, asked, enter } = start([{}, { person: 'administrator' }]);
  expect(asked).toEqual([]);
  await enter('alice');
  await enter('alice');
  expect(persons.is('administrator')).toBe(false);
  await enter(undefined);
  await enter('admin');
  expect(persons.is('administrator')).toBe(true);
  expect(asked).toEqual(['Users/Me', 'Users/Me']);
  await enter('alice');
  expect(persons.is('administrator')).toBe(false);
});
