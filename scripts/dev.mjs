// `npm run dev`: as `npm start`, and everything reloads when a source file is saved.
process.argv.push("--dev");
await import("./start.mjs");
