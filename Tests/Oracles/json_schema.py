"""Validates JSON documents: reads {"schema": ..., "instances": [...]}, writes a list of errors for each instance.

A schema that is none itself ends it with status 1.
"""

import json
import sys

import jsonschema

request = json.load(sys.stdin)
schema = request["schema"]
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
checker = validator(schema)
errors = [
    sorted(f"{error.json_path}: {error.message[:300]}" for error in checker.iter_errors(instance))
    for instance in request["instances"]
]
json.dump(errors, sys.stdout)
