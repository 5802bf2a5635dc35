// Reads WARC files with warcio.js and prints one JSON object a record, with the digests computed of what warcio.js read.
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
const { WARCParser } = await import(pathToFileURL(process.env.ZHAOWEN_WARCIO + "/node_modules/warcio/dist/index.js").href);

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
function sha1(bytes) {
  let bits = "";
  for (const b of createHash("sha1").update(bytes).digest()) bits += b.toString(2).padStart(8, "0");
  return "sha1:" + bits.match(/.{5}/g).map((five) => alphabet[parseInt(five, 2)]).join("");
}

for (const file of process.argv.slice(2)) {
  for await (const record of WARCParser.iterRecords(createReadStream(file), { parseHttp: false })) {
    const block = Buffer.from(await record.readFully(false));
    const end = block.indexOf("\r\n\r\n");
    const header = (name) => record.warcHeader(name) || "";
    console.log(JSON.stringify({
      type: record.warcType, url: record.warcTargetURI || "", blockDigest: header("WARC-Block-Digest"), payloadDigest: header("WARC-Payload-Digest"),
      block: sha1(block), payload: sha1(block.subarray(end + 4)), length: block.length, said: Number(header("Content-Length")), profile: header("WARC-Profile"),
    }));
  }
  for await (const record of WARCParser.iterRecords(createReadStream(file))) {
    if (record.warcType !== "response") continue;
    console.log(JSON.stringify({ type: "decoded", url: record.warcTargetURI, status: record.httpHeaders.statusCode, text: await record.contentText() }));
  }
}
