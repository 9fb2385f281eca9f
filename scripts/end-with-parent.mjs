// Loaded first by each child of `npm start`: when the parent dies, even by kill -9, the child ends as if asked to.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
