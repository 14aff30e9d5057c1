"""Translates the template for each stage as AWS would, and checks what comes of it: `check-template.py TEMPLATE BUILT`.

BUILT is what the build made of TEMPLATE: without its loops, which AWS' own library resolves here, to compare.
"""

import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from cfnlint.api import ManualArgs, lint
from samcli.lib.cfn_language_extensions import TemplateProcessingContext, create_default_pipeline
from samcli.yamlhelper import yaml_dump, yaml_parse

REGION = "us-east-1"
TRANSLATE = ".ci/translate-template.py"
STAGES = {"dev": "default", "stage": "stage", "prod": "prod"}  # and their names in samconfig.toml

# At which stages a condition holds. One that is not named here is the same at every stage.
CONDITIONS = {"HasFanOut": {"stage", "prod"}, "IsProd": {"prod"}}
# At which stages there are resources of a type. One that is not named here is the same at every stage.
TYPES = {
    "AWS::CodeDeploy::Application": {"prod"},
    "AWS::CodeDeploy::DeploymentGroup": {"prod"},
    "AWS::Kinesis::StreamConsumer": {"stage", "prod"},
}
# What survives the deletion of a stage's stack, but not a first deployment that fails: its names are needed for the next.
RETAINED = {"dev": set(), "stage": set(), "prod": {"ApiAccessLogs", "ApplicationLogs", "EventLog", "SetValidations"}}
RETAIN = "RetainExceptOnCreate"
# An account has one resource of a name: two stages cannot share it.
NAMES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Kinesis::Stream": "Name",
}


FUNCTION = "AWS::Serverless::Function"


def resolve(file, parameters):
    """The resources, with the language extensions resolved, and the conditions' truth."""
    template = yaml_parse(Path(file).read_text())
    context = TemplateProcessingContext(fragment=template, parameter_values=parameters)
    resources = create_default_pipeline(context).process_template(context)["Resources"]
    return resources, dict(context.resolved_conditions)


class Stage:
    """The template with a stage's parameters."""

    def __init__(self, name, template_file, built_file, parameters):
        self.name = name
        self.parameters = parameters
        self.resolved, self.conditions = resolve(template_file, parameters)
        self.built, _ = resolve(built_file, parameters)
        # Without the language extensions, which the SAM CLI resolves further than AWS: cfn-lint knows them.
        assignments = [f"{parameter}={value}" for parameter, value in parameters.items()]
        command = [sys.executable, TRANSLATE, built_file, *assignments]
        self.translated = yaml_parse(subprocess.check_output(command, text=True))

    def lint(self):
        text = yaml_dump({**self.translated, "Transform": "AWS::LanguageExtensions"})
        return [str(match) for match in lint(text, config=ManualArgs(regions=[REGION], parameters=[self.parameters]))]

    def built_otherwise(self):
        """Names of what the build made otherwise than AWS would; of functions, whose code it moves, whether they are there."""
        for name in sorted({*self.resolved, *self.built}):
            written, built = self.resolved.get(name), self.built.get(name)
            moved = written and built and written["Type"] == built["Type"] == FUNCTION
            if written != built and not moved:
                yield name

    def types(self):
        return {resource["Type"] for _, resource in self.made(self.translated["Resources"])}

    def retained(self):
        return {name for name, resource in self.made(self.resolved) if resource.get("DeletionPolicy") == RETAIN}

    def left_behind(self):
        """Names of what a first deployment that fails would leave."""
        return [name for name, resource in self.resolved.items() if resource.get("DeletionPolicy") == "Retain"]

    def names(self):
        for _, resource in self.made(self.resolved):
            property_name = NAMES.get(resource["Type"])
            if property_name:
                yield resource["Properties"][property_name]

    def made(self, resources):
        """Those whose condition holds."""
        return [item for item in resources.items() if self.conditions.get(item[1].get("Condition"), True)]


def overrides(samconfig, environment):
    """The parameters of an environment of samconfig.toml."""
    return samconfig[environment]["deploy"]["parameters"]["parameter_overrides"]


def differences(what, actual, expected, stages):
    """Lines for what is at other stages than expected; `actual` holds stages by name."""
    everywhere = set(stages)
    for name in sorted({*actual, *expected}):
        found = actual.get(name, set())
        wanted = expected.get(name)
        if found != wanted if wanted is not None else found not in (set(), everywhere):
            said = "the same at every stage" if wanted is None else f"at {sorted(wanted)}"
            yield f"{what} {name}: expected {said}, got {sorted(found)}. See {Path(__file__).name}."


def by_stage(stages, names_of):
    found = defaultdict(set)
    for stage in stages:
        for name in names_of(stage):
            found[name].add(stage.name)
    return found


def problems(stages):
    for stage in stages:
        yield from (f"{stage.name}: {match}" for match in stage.lint())
        for name in stage.built_otherwise():
            yield f"{stage.name}: the build makes {name} otherwise than AWS. See local/template/written-out.ts."
        for name in stage.left_behind():
            yield f"{stage.name}: a first deployment that fails leaves {name} behind. Give it DeletionPolicy: {RETAIN}."
        if stage.retained() != RETAINED[stage.name]:
            yield f"{stage.name} retains {sorted(stage.retained())}, expected {sorted(RETAINED[stage.name])}."
    names = [stage.name for stage in stages]
    held = by_stage(stages, lambda stage: [name for name, holds in stage.conditions.items() if holds])
    yield from differences("condition", held, CONDITIONS, names)
    yield from differences("type", by_stage(stages, Stage.types), TYPES, names)
    for name, users in by_stage(stages, Stage.names).items():
        if len(users) > 1:
            yield f"{sorted(users)} share the name {name}: an account cannot hold them all."


def main(template_file, built_file):
    samconfig = tomllib.loads(Path("samconfig.toml").read_text())
    parameters = {name: overrides(samconfig, environment) for name, environment in STAGES.items()}
    stages = [Stage(name, template_file, built_file, values) for name, values in parameters.items()]
    found = list(problems(stages))
    for line in found:
        print(line)
    for stage in stages if not found else []:
        holding = ", ".join(sorted(name for name, holds in stage.conditions.items() if holds)) or "none"
        # CloudFormation counts what is declared, whether its condition holds or not.
        print(f"{stage.name}: {len(stage.translated['Resources'])} of 500 resources; conditions: {holding}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
