import { expect, it } from 'vitest';
import { checkMachine } from '../../../server/doctor/machine-check.ts';

const MB = 1024 * 1024;

const limits = (hard: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${hard.padEnd(20)} ${hard.padEnd(20)} files\n`;

const find = (files: Record<string, string>) => checkMachine(async (path) => files[path]);

it('warns of few open files, and tells for how many connections they are enough', async () => {
  expect(await find({ '/proc/self/limits': limits('1000') })).toMatchObject([
    {
      name: 'open-files',
      state: 'warning',
      says: expect.stringContaining('some 400 connections'),
      fix: expect.stringContaining('LimitNOFILE'),
    },
  ]);
  for (const hard of ['1024', '524288', 'unlimited'])
    expect(await find({ '/proc/self/limits': limits(hard) })).toMatchObject([{ state: 'fine' }]);
});

it.each([
  [
    'cgroup 2 of a container',
    { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': `${128 * MB}\n` },
  ],
  [
    'cgroup 2 of a unit, by a slice above it',
    {
      '/proc/self/cgroup': '0::/system.slice/gatehouse.service\n',
      '/sys/fs/cgroup/system.slice/gatehouse.service/memory.max': 'max\n',
      '/sys/fs/cgroup/system.slice/memory.max': `${128 * MB}\n`,
    },
  ],
  [
    'cgroup 1',
    {
      '/proc/self/cgroup': '5:cpu,memory:/docker/abc\n',
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${128 * MB}\n`,
    },
  ],
])('warns of little memory in %s', async (_where, files) => {
  expect(await find(files)).toMatchObject([
    { name: 'memory', state: 'warning', says: expect.stringContaining('128 MB') },
  ]);
});

it('is fine with enough memory, and says nothing where none is limited or nobody tells', async () => {
  const group = { '/proc/self/cgroup': '0::/\n' };
  expect(await find({ ...group, '/sys/fs/cgroup/memory.max': `${512 * MB}` })).toMatchObject([
    { name: 'memory', state: 'fine' },
  ]);
  expect(await find({ ...group, '/sys/fs/cgroup/memory.max': 'max' })).toEqual([]);
  const old = { '/proc/self/cgroup': '5:memory:/\n' };
  expect(
    await find({ ...old, '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712' }),
  ).toEqual([]);
  expect(await find({})).toEqual([]);
});
