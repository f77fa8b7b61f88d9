// Reads mails (base64, one a line) with two parsers; writes what each read, one line a mail.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const PostalMime = require("postal-mime").default ?? require("postal-mime");
const { simpleParser } = require("mailparser");

const person = (p) => (p ? { name: p.name, address: p.address } : null);

for await (const line of createInterface({ input: process.stdin })) {
  const octets = Buffer.from(line, "base64");
  const first = await PostalMime.parse(octets);
  const second = await simpleParser(octets, { skipTextToHtml: true });
  console.log(
    JSON.stringify({
      "postal-mime": {
        from: person(first.from),
        to: (first.to ?? []).map(person),
        subject: first.subject,
        text: first.text,
        headers: first.headers.map((h) => h.key),
        attachments: first.attachments.length,
      },
      mailparser: {
        from: person(second.from?.value[0]),
        to: (second.to?.value ?? []).map(person),
        subject: second.subject,
        text: second.text,
        headers: second.headerLines.map((h) => h.key),
        attachments: second.attachments.length,
      },
    }),
  );
}
