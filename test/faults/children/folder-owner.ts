import { openDataFolder } from '#infra/embedded/data-folder.js';

// Opens the folder named first, says so, and keeps it.
const folder = openDataFolder(process.argv[2] as string);
process.stdout.write(`open ${folder.path}\n`);
setInterval(() => undefined, 60_000);
