/**
 * A process that outlives the local cloud by a moment: when the channel to it closes, however it ended, every child process
 * that is still registered is killed. Messages: the process id of a child that has started, and its negative when it has ended.
 */
const running = new Set<number>();

process.on('message', (pid: number) => {
  if (pid > 0) running.add(pid);
  else running.delete(-pid);
});

process.on('disconnect', () => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  process.exit();
});
