"""A careful script, standard library only: pages of 1000, only the needed fields, one kept-alive connection,
batches of 100. It writes all its results, or only those that differ where "diff" says so.

Reads its settings as JSON on standard input; prints one line of JSON: seconds, rows read, rows written."""

import http.client
import json
import sys
import time
import urllib.parse

settings = json.load(sys.stdin)
actors, epcis = settings["actors"], settings["epcis"]
names = settings["names"]  # our name of a column -> its title in this base
address = urllib.parse.urlsplit(settings["url"])
server = http.client.HTTPConnection(address.hostname, address.port)


def call(method, path, body=None):
    headers = {"xc-token": settings["token"], "content-type": "application/json"}
    server.request(method, path, None if body is None else json.dumps(body), headers)
    answer = server.getresponse()
    text = answer.read()
    if answer.status != 200:
        sys.exit(f"{method} {path}: {answer.status} {text[:300]!r}")
    return json.loads(text)


def rows(table, fields):
    offset = 0
    while True:
        query = urllib.parse.urlencode({"fields": ",".join(fields), "limit": 1000, "offset": offset, "sort": "Id"})
        page = call("GET", f"/api/v2/tables/{table}/records?{query}")
        yield from page["list"]
        if page["pageInfo"]["isLastPage"]:
            return
        offset += 1000


def results(row):
    """A plain scoring: what is empty, and what looks wrong at first sight."""
    missing = [field for field in settings["fields"] if row.get(names[field]) in (None, "", "?", "NC")]
    faults = []
    siret = str(row.get(names["pivot"]) or "").replace(" ", "")
    if siret and not (siret.isdigit() and len(siret) == 14):
        faults.append("SIRET")
    if row.get(names["courriels"]) and "@" not in row[names["courriels"]]:
        faults.append("courriel")
    changed = str(row.get(names["date_maj"]) or "")
    share = 100 * (1 - len(missing) / len(settings["fields"]))
    return {
        names["completeness"]: round(share, 1),
        names["toComplete"]: "Il manque : " + ", ".join(missing) if missing else None,
        names["anomalies"]: ", ".join(faults) or None,
        names["freshness"]: "À jour" if changed >= "2026-06" else "À actualiser",
    }


def write(table, changes):
    for start in range(0, len(changes), 100):
        call("PATCH", f"/api/v2/tables/{table}/records", changes[start : start + 100])


begin = time.perf_counter()
written = ["completeness", "toComplete", "anomalies", "freshness"]
asked = ["Id", settings["epci"]] + [names[field] for field in settings["fields"] + written]
changes, sums, read = [], {}, 0
for row in rows(actors, asked):
    read += 1
    cells = results(row)
    total = sums.setdefault(row.get(settings["epci"]), [0, 0])
    total[0] += cells[names["completeness"]]
    total[1] += 1
    if not settings["diff"] or any(row.get(title) != cell for title, cell in cells.items()):
        changes.append({"Id": row["Id"], **cells})
write(actors, changes)
means = []
for row in rows(epcis, ["Id"]):
    total, count = sums.get(row["Id"], (0, 0))
    mean = round(total / count, 1) if count else None
    means.append({"Id": row["Id"], settings["epciCount"]: count, settings["epciMean"]: mean})
write(epcis, means)
print(json.dumps({"seconds": time.perf_counter() - begin, "read": read, "written": len(changes)}))
