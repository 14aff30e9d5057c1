"""Compares what AWS' resource handlers ask for with what CloudFormation may do: check-deploy-role.py TEMPLATE ACCOUNT EXCEPTIONS.

TEMPLATE is what AWS makes of the SAM template; the handlers' permissions are in AWS' schema of each resource type, which cfn-lint
brings along. Fails for an action that CloudFormationRole of ACCOUNT lacks and that is no exception, and for an exception that
is not needed or covers what the role has. Actions alone: on which resources the role has them is not compared.
"""

import sys
from collections import defaultdict
from fnmatch import fnmatchcase

import yaml
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from samcli.yamlhelper import yaml_parse


def read(path, parse=yaml_parse):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def as_list(value):
    return value if isinstance(value, list) else [value]


def role_actions(resources):
    """What the role's managed policies allow; IAM knows no other case of letters, and ``*`` for any of them."""
    policies = [resources[policy["Ref"]] for policy in resources["CloudFormationRole"]["Properties"]["ManagedPolicyArns"]]
    statements = [statement for policy in policies for statement in policy["Properties"]["PolicyDocument"]["Statement"]]
    return [action for statement in statements if statement["Effect"] == "Allow" for action in as_list(statement["Action"])]


def handler_actions(types):
    """Each action that a handler lists, and the types it is listed for."""
    actions = defaultdict(set)
    for resource_type in types:
        handlers = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema["handlers"]
        for name in {"create", "read", "update", "delete"} & set(handlers):
            for action in handlers[name]["permissions"]:
                actions[action].add(resource_type)
    return actions


def matches(action, patterns):
    return [pattern for pattern in patterns if fnmatchcase(action.lower(), pattern.lower())]


template, account, exceptions_file = sys.argv[1:]
allowed = role_actions(read(account)["Resources"])
needed = handler_actions({resource["Type"] for resource in read(template)["Resources"].values()})
exceptions = [pattern for patterns in read(exceptions_file, yaml.safe_load).values() for pattern in patterns]

missing = {action: types for action, types in needed.items() if not matches(action, allowed)}
used = {pattern for action in missing for pattern in matches(action, exceptions)}
too_wide = {pattern for action in needed.keys() - missing.keys() for pattern in matches(action, exceptions)}
problems = [
    f"{action}, for {', '.join(sorted(types))}: CloudFormationRole lacks it. Give it in {account}, or a reason in {exceptions_file}."
    for action, types in sorted(missing.items())
    if not matches(action, exceptions)
]
problems += [f"{pattern}: not needed. Take it out of {exceptions_file}." for pattern in exceptions if pattern not in used]
# Otherwise the role could lose that action, and nobody would be told.
problems += [f"{pattern}: covers what CloudFormationRole has. Narrow it in {exceptions_file}." for pattern in sorted(too_wide)]
if problems:
    sys.exit("\n".join(problems))
print(f"The handlers list {len(needed)} actions: CloudFormationRole has {len(needed) - len(missing)}, the rest are exceptions.")
