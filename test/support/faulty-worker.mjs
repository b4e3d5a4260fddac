// Stands in for the worker process of the local engine: does what the path of the page says.
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, job }) => {
  if (job.path === 'crash') process.exit(7);
  if (job.path === 'hang') return;
  const reading = { page: job.page, width: 1, height: 1, model: String(process.pid) };
  setTimeout(() => process.send({ id, answer: { ok: true, reading } }), job.path === 'slow' ? 300 : 0);
});

process.send('ready');
