// Reads a calendar from standard input with ical.js; writes what it read as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const loaded = require("ical.js");
const ICAL = loaded.default ?? loaded;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toUnixTime(),
    alarms: component.getAllSubcomponents("valarm").length,
    properties: component.getAllProperties().map((p) => p.name),
  };
});
const zones = calendar.getAllSubcomponents("vtimezone").length;
console.log(JSON.stringify({ events, zones }));
