"""What most scripts and n8n flows do: pages of 100, then one PATCH for each row.

Reads its settings as JSON on standard input; prints one line of JSON: seconds, rows read, rows written."""

import http.client
import json
import sys
import time
import urllib.parse

settings = json.load(sys.stdin)
actors, names = settings["actors"], settings["names"]
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


begin = time.perf_counter()
path = f"/api/v2/tables/{actors}/records"
fields = ",".join(["Id"] + [names[field] for field in settings["fields"]])
count, offset, last = 0, 0, False
while not last:
    query = urllib.parse.urlencode({"fields": fields, "limit": 100, "offset": offset, "sort": "Id"})
    page = call("GET", f"{path}?{query}")
    for row in page["list"]:
        missing = [field for field in settings["fields"] if row.get(names[field]) in (None, "")]
        share = 100 * (1 - len(missing) / len(settings["fields"]))
        cells = {names["completeness"]: round(share, 1), names["toComplete"]: ", ".join(missing) or None}
        call("PATCH", path, {"Id": row["Id"], **cells})
        count += 1
    last = page["pageInfo"]["isLastPage"]
    offset += 100
print(json.dumps({"seconds": time.perf_counter() - begin, "read": count, "written": count}))
