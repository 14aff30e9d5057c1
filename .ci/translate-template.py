"""Prints the CloudFormation template that AWS makes of a SAM template: translate-template.py TEMPLATE [NAME=VALUE ...].

The values become the parameters' defaults: checkov leaves out what does not exist by the defaults.
"""

import sys

from samcli.lib.translate.sam_template_validator import SamTemplateValidator
from samcli.yamlhelper import yaml_parse


class NoManagedPolicies:
    """In the place of AWS' own policies, which the SAM CLI asks an account for: the template's functions have roles."""

    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
for name, value in (assignment.split("=", 1) for assignment in sys.argv[2:]):
    parameter = template["Parameters"][name]
    parameter["Default"] = type(parameter["Default"])(value)  # a number stays one
print(SamTemplateValidator(template, NoManagedPolicies(), region="us-east-1").get_translated_template_if_valid())
