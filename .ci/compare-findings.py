"""Compares checkov's findings with the exceptions: compare-findings.py REPORT EXCEPTIONS.

Fails for a finding that is no exception, and for an exception that nothing was found for.
"""

import json
import sys
from fnmatch import fnmatchcase

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    exceptions = yaml.safe_load(file)

failed = report["results"]["failed_checks"]
if report["summary"]["parsing_errors"] or not report["summary"]["passed"]:
    sys.exit("checkov could not read the template.")
stale = set(exceptions)
problems = []
for finding in failed:
    name = f"{finding['check_id']} {finding['resource']}"
    excepted = [pattern for pattern in exceptions if fnmatchcase(name, pattern)]
    stale.difference_update(excepted)
    if not excepted:
        problems.append(f"{name}: {finding['check_name']}. Mend it in template.yaml, or give a reason in {sys.argv[2]}.")
problems += [f"{pattern}: nothing is found any more. Take it out of {sys.argv[2]}." for pattern in sorted(stale)]
if problems:
    sys.exit("\n".join(problems))
print(f"{report['summary']['passed']} checks passed, {len(failed)} findings are exceptions.")
