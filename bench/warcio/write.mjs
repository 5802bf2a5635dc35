// Writes a WARC file with warcio.js to standard output: warcinfo, a plain, a chunked and a gzip response, a revisit; compressed unless PLAIN is set.
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
const { WARCRecord, WARCSerializer } = await import(pathToFileURL(process.env.ZHAOWEN_WARCIO + "/node_modules/warcio/dist/index.js").href);

const gzip = !process.env.PLAIN;
const warcVersion = process.env.PLAIN ? "WARC/1.0" : "WARC/1.1";
const date = "2026-01-02T03:04:05Z";
async function put(fields, parts, more) {
  async function* content() { for (const p of parts) yield typeof p === "string" ? new TextEncoder().encode(p) : p; }
  const record = await WARCRecord.create({ warcVersion, date, ...fields }, more ?? content());
  process.stdout.write(await WARCSerializer.serialize(record, { gzip }));
}

const info = await WARCRecord.createWARCInfo({ filename: "x.warc", warcVersion }, { software: "warcio.js" });
process.stdout.write(await WARCSerializer.serialize(info, { gzip }));
const type = { "Content-Type": "text/html; charset=utf-8" };
await put({ url: "http://a.example/plain", type: "response", httpHeaders: type }, ["<p>网页", "</p>"]);
await put({ url: "http://a.example/chunked", type: "response", httpHeaders: { ...type, "Transfer-Encoding": "chunked" } }, ["3\r\n<p>\r\n2\r\nab\r\n0\r\n\r\n"]);
await put({ url: "http://a.example/gzip", type: "response", httpHeaders: { ...type, "Content-Encoding": "gzip" } }, [gzipSync("<p>packed</p>")]);
await put({ url: "http://a.example/plain", type: "revisit", httpHeaders: type, refersToUrl: "http://a.example/plain", refersToDate: date }, []);
