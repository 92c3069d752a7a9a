import { dateText } from './dotnet-text.ts';
import { shownPolicy } from './policy.ts';
import type { UserRow } from './users.ts';
import type { Traits } from './versions.ts';

function configuration(traits: Traits, own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    PlayDefaultAudioTrack: true,
    SubtitleLanguagePreference: '',
    DisplayMissingEpisodes: false,
    GroupedFolders: [],
    SubtitleMode: 'Default',
    DisplayCollectionsView: false,
    EnableLocalPassword: false,
    OrderedViews: [],
    LatestItemsExcludes: [],
    MyMediaExcludes: [],
    HidePlayedInLatest: true,
    RememberAudioSelections: true,
    RememberSubtitleSelections: true,
    EnableNextEpisodeAutoPlay: true,
    ...(traits.minor >= 9 ? { CastReceiverId: 'F007D354' } : {}),
    ...own,
  };
}

/** A moment once printed is always printed alike: the digits below a millisecond are not stored. */
const printed = new WeakMap<Date, string>();

function moment(date: Date | null): string | null {
  if (!date) return null;
  const text = printed.get(date) ?? dateText(date);
  printed.set(date, text);
  return text;
}

/** UserDto: HasPassword is true for everybody on 12.0. Source: UserManager.GetUserDto, users-new-* recordings. */
export function userDto(traits: Traits, serverId: string, user: UserRow): Record<string, unknown> {
  const hasPassword = traits.minor >= 12 || user.password !== null;
  return {
    Name: user.name,
    ServerId: serverId,
    Id: user.id,
    ...(user.picture === null ? {} : { PrimaryImageTag: user.picture.tag }),
    HasPassword: hasPassword,
    HasConfiguredPassword: hasPassword,
    HasConfiguredEasyPassword: traits.minor === 8 && user.easyPin !== null,
    EnableAutoLogin: false,
    LastLoginDate: moment(user.lastLogin),
    LastActivityDate: moment(user.lastActivity),
    Configuration: configuration(traits, user.configuration),
    Policy: shownPolicy(traits, user.policy),
  };
}
