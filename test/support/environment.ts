import { leaveUserSettings, unsetEmpty } from '../../local/user-settings.ts';

// Before anything is imported: the application's logger reads its level once.
process.env.logLevel = 'silent';
// A spec starts clouds and clients of its own, whatever its developer works with otherwise.
unsetEmpty();
leaveUserSettings();
