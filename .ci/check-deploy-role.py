"""Compares what AWS' resource handlers ask for with what CloudFormation may do: check-deploy-role.py TEMPLATE ACCOUNT EXCEPTIONS.

TEMPLATE is what AWS makes of the SAM template; the handlers' permissions are in AWS' schema of each resource type, which cfn-lint
brings along. Fails for an action that CloudFormationRole of ACCOUNT lacks and that is no exception, and for an exception that
is not needed or covers what the role has. An action of a service that has several kinds of resources must be allowed on the kind
in question. Whether the names fit, the tests of the pipelines compare.
"""

import sys
from collections import defaultdict
from fnmatch import fnmatchcase

import yaml
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
from samcli.yamlhelper import yaml_parse


# What the ARN of a type's resources has behind the account. IAM's types are left out: each has actions on roles and policies.
KINDS = {
    "AWS::CloudWatch::Alarm": ":alarm:",
    "AWS::CloudWatch::Dashboard": ":dashboard/",
    "AWS::CodeDeploy::Application": ":application:",
    "AWS::CodeDeploy::DeploymentGroup": ":deployment",  # a group and its configuration
    "AWS::Glue::Database": ":database/",
    "AWS::Glue::Table": ":table/",
    "AWS::Lambda::EventSourceMapping": ":event-source-mapping:",
    "AWS::Lambda::Function": ":function:",
    "AWS::Logs::LogGroup": ":log-group:",
    "AWS::WAFv2::WebACL": ":regional/webacl/",
}


def read(path, parse=yaml_parse):
    with open(path, encoding="utf-8") as file:
        return parse(file.read())


def as_list(value):
    return value if isinstance(value, list) else [value]


def role_grants(resources):
    """What the role's managed policies allow: each action, and on which resources; IAM knows ``*`` for any letters of an action."""
    policies = [resources[policy["Ref"]] for policy in resources["CloudFormationRole"]["Properties"]["ManagedPolicyArns"]]
    statements = [statement for policy in policies for statement in policy["Properties"]["PolicyDocument"]["Statement"]]
    grants = defaultdict(set)
    for statement in statements:
        for action in as_list(statement["Action"]):
            grants[action].update(str(resource) for resource in as_list(statement["Resource"]))
    return grants


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


def is_elsewhere(action, resource_type, allowed):
    """Whether the role has an action of the type's own service, and not on resources of the type."""
    arns = [arn for pattern in matches(action, allowed) for arn in allowed[pattern]]
    is_own = action.split(":")[0] == resource_type.split("::")[1].lower()
    return is_own and arns and not any(arn == "*" or KINDS[resource_type] in arn for arn in arns)


template, account, exceptions_file = sys.argv[1:]
allowed = role_grants(read(account)["Resources"])
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
problems += [
    f"{action}, for {resource_type}: CloudFormationRole has it on other resources alone. Give it on {KINDS[resource_type]} in {account}."
    for action, types in sorted(needed.items())
    for resource_type in sorted(types & KINDS.keys())
    if is_elsewhere(action, resource_type, allowed)
]
if problems:
    sys.exit("\n".join(problems))
print(f"The handlers list {len(needed)} actions: CloudFormationRole has {len(needed) - len(missing)}, the rest are exceptions.")
