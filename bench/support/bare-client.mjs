// The Google client and nothing else: all pictures of a folder, 16 a call, a perfect sliding window of calls.
//   node bench/support/bare-client.mjs FOLDER ENDPOINT IN_FLIGHT
// Prints the seconds from the first call to the last answer.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { GoogleAuth, googleAuthLibrary, grpc } from 'google-gax';

const [folder, endpoint, inFlight] = process.argv.slice(2);
const { ImageAnnotatorClient } = createRequire(import.meta.url)('@google-cloud/vision/build/src/v1');
const { hostname, port } = new URL(endpoint);
const client = new ImageAnnotatorClient({
  apiEndpoint: hostname,
  port: Number(port),
  sslCreds: grpc.credentials.createInsecure(),
  auth: new GoogleAuth({ authClient: new googleAuthLibrary.PassThroughClient() }),
});
const paths = readdirSync(folder)
  .sort()
  .map((name) => join(folder, name));
const batches = Array.from({ length: Math.ceil(paths.length / 16) }, (_, index) =>
  paths.slice(index * 16, index * 16 + 16),
);
const requestOf = async (path) => ({
  image: { content: await readFile(path) },
  features: [{ type: 'DOCUMENT_TEXT_DETECTION' }],
});

let answered = 0;
async function lane() {
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const requests = await Promise.all(batch.map(requestOf));
    const [answer] = await client.batchAnnotateImages({ requests }, { retry: null, timeout: 60_000 });
    answered += answer.responses.length;
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, lane));
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, answered }));
await client.close();
