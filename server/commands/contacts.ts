import { defineCommand } from 'citty';

/** `gatehouse contacts`: who can be reached where. */
export const contactsCommand = defineCommand({
  meta: { name: 'contacts', description: 'Set, import, list and remove the mail addresses of people.' },
  subCommands: {
    set: () => import('./contacts-set.ts').then((file) => file.contactsSetCommand),
    import: () => import('./contacts-import.ts').then((file) => file.contactsImportCommand),
    list: () => import('./contacts-list.ts').then((file) => file.contactsListCommand),
    remove: () => import('./contacts-remove.ts').then((file) => file.contactsRemoveCommand),
  },
});
