import type { VNode } from 'preact';
import type { AccountDevice } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import type { Strings } from '../../strings/en.ts';
import { tellTime } from '../../tell-time.ts';
import type { Change } from './account-state.ts';

/** The part of the overview about devices. */
export interface DevicesProps {
  readonly strings: Strings;
  readonly devices: readonly AccountDevice[] | undefined;
  readonly work: string | undefined;
  readonly accountApi: Pick<AccountApi, 'signOutDevices'>;
  readonly change: Change;
  /** What is to be said of the last change. */
  readonly told: VNode | undefined;
}

/** Draws the devices that are signed in to Jellyfin, and signs out one or all of them. */
export function devices({ strings, devices: all, work, accountApi, change, told }: DevicesProps): VNode {
  const words = strings.myAccount.devices;

  function line({ id, name, app, lastSeenAt }: AccountDevice): VNode {
    const ownWork = `device-${id}`;
    return html`<li class="line" key=${id}>
      <div>
        <strong><bdi>${name}</bdi></strong> <bdi>${app}</bdi>
        ${lastSeenAt === undefined ? undefined : html`<p class="about">${words.lastSeen} ${tellTime(lastSeenAt)}</p>`}
      </div>
      <div class="presses">
        ${button({
          ...{ label: words.signOut, about: name, isMain: false, isSmall: true },
          isWorking: work === ownWork,
          onPress: () => change(ownWork, 'devices', 'device', () => accountApi.signOutDevices({ id })),
        })}
      </div>
    </li>`;
  }

  return html`<section aria-labelledby="devices-title">
    <h2 id="devices-title">${words.title}</h2>
    ${told} ${all === undefined ? html`<p class="about">${words.unknown}</p>` : undefined}
    ${all?.length === 0 ? html`<p class="about">${words.none}</p>` : undefined}
    ${
      all === undefined || all.length === 0
        ? undefined
        : [
            html`<ul class="lines">
              ${all.map(line)}
            </ul>`,
            button({
              ...{ id: 'all-devices', label: words.all, isMain: false },
              isWorking: work === 'all-devices',
              onPress: () => change('all-devices', 'devices', 'devices', () => accountApi.signOutDevices({})),
            }),
          ]
    }
  </section>`;
}
