"""Starts MiniStack, whose IAM is mended where it refuses what AWS allows."""

from ministack.core import iam_actions, sigv4

# There is no permission for a batch: it needs that of a single message.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
BATCHES = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}

action_of = iam_actions.extract_iam_action
canonical_headers = sigv4.build_canonical_headers


def needed_action(*request):
    action = action_of(*request)
    return BATCHES.get(action, action)


def with_authority(headers, signed_headers):
    """The SDK for JavaScript speaks HTTP/2 with Kinesis, where `:authority` is signed in place of `host`."""
    return canonical_headers({**headers, ":authority": headers.get("host", "")}, signed_headers)


iam_actions.extract_iam_action = needed_action
sigv4.build_canonical_headers = with_authority

if __name__ == "__main__":
    from ministack.app import main

    main()
