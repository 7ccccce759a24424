// Scores rows with onnxruntime-node, as 'onnxae bench scoring' asks: a line of JSON in, a line of JSON out.
const fs = require('fs');
const readline = require('readline');
const ort = require(process.argv[process.argv.length - 1]);

const searchSeconds = 0.25;
let pixels; // Float32Array, [rows, width]
let width;
let session;
let best; // the fastest setting found: { batch, concurrent }

// Scores rows in batches, some of them at a time.
async function score(first, rows, { batch, concurrent }) {
  let next = first;
  const end = first + rows;
  const work = async () => {
    while (next < end) {
      const start = next;
      next = Math.min(end, start + batch);
      const count = next - start;
      const input = new ort.Tensor('float32', pixels.subarray(start * width, (start + count) * width), [count, width]);
      await session.run({ [session.inputNames[0]]: input });
    }
  };
  const begin = process.hrtime.bigint();
  await Promise.all(Array.from({ length: concurrent }, work));
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

async function open({ model, threads, batches, rows }) {
  let rate = 0;
  for (const [intra, concurrent] of [[threads, 1], [1, threads]]) {
    const candidate = await ort.InferenceSession.create(model, { intraOpNumThreads: intra });
    const before = session;
    session = candidate;
    let isBest = false;
    for (const batch of batches) {
      const setting = { batch, concurrent, intra };
      let count = Math.min(rows, batch * concurrent);
      let seconds = await score(0, count, setting);
      while (seconds < searchSeconds && count < rows) {
        count = Math.min(rows, count * 4);
        seconds = await score(0, count, setting);
      }
      if (count / seconds > rate) {
        rate = count / seconds;
        best = setting;
        isBest = true;
      }
    }
    if (!isBest && before) {
      session = before;
      await candidate.release();
    } else if (before) {
      await before.release();
    }
  }
  return { setting: `batch ${best.batch}, ${best.intra} threads, ${best.concurrent} at a time` };
}

async function answer(request) {
  if (request.pixels) {
    const bytes = fs.readFileSync(request.pixels);
    width = request.width;
    pixels = Float32Array.from(bytes, (b) => b / 255);
    return { version: ort.env.versions.node || ort.env.versions.common };
  }
  if (request.model) {
    if (session) {
      await session.release();
      session = undefined;
    }
    return open(request);
  }
  return { seconds: await score(request.first, request.count, best) };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
})().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
