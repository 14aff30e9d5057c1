// Before anything is imported: the application's logger reads its level once.
process.env.logLevel = 'silent';
