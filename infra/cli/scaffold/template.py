"""A channel's part of template.yaml: two parameters, a condition, one block, and what the media fetcher needs
to fetch its files; each put before its mark.

The block names all blocks before it: they add routes to one API, which takes one change at a time. It names
them in a parameter, as DependsOn may not name what might be switched off.
"""

import re
from string import Template

from infra.cli.answer import CannotAnswer
from infra.local.providers import block

PARAMETERS = """\
  ${Block}ApiUrl: {Type: String, Default: 'https://${name}.example.test', Description: Where the provider is}
  ${Block}Enabled: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
"""
CONDITION = """\
  ${Block}On: !Equals [!Ref ${Block}Enabled, 'true']
"""
FILES = """\
          ${NAME}_SECRET_ID: !If [${Block}On, !Ref ${Block}Secret, '']
          ${NAME}_API_URL: !Ref ${Block}ApiUrl
"""
TOLD = """\
          ${NAME}_SECRET_ID: !If [${Block}On, !Ref ${Block}Secret, '']
"""
MAY_READ = """\
                - !If [${Block}On, !GetAtt ${Block}Secret.Id, !Ref AWS::NoValue]
"""
BLOCK = """\
  ${Block}Secret:
    Type: AWS::SecretsManager::Secret
    Condition: ${Block}On
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
    Properties:
      Description: token
      GenerateSecretString:
        SecretStringTemplate: '{}'
        GenerateStringKey: token
        PasswordLength: 32
        ExcludePunctuation: true

  $Block:
    Type: AWS::Serverless::Application
    Condition: ${Block}On
    DependsOn: DoorsStage
    Properties:
      Location: infra/stacks/channel.yaml
      Parameters:
        Channel: $name
        After: !Join [',', [$after]]
        Door: http
        States: 'no'
        ApiUrl: !Ref ${Block}ApiUrl
        Secret: !Ref ${Block}Secret
        SecretArn: !GetAtt ${Block}Secret.Id
        Centre: !Ref AWS::StackName
        Table: !Ref Table
        TableArn: !GetAtt Table.Arn
        Files: !Ref Files
        Inbound: !Ref Inbound
        InboundArn: !GetAtt Inbound.Arn
        Delivery: !Ref Delivery
        DeliveryArn: !GetAtt Delivery.Arn
        Doors: !Ref Doors
        Alarms: !Ref Alarms
        LogLevel: !Ref LogLevel
        LogDays: !Ref LogDays
        TransactionKeys: !Ref TransactionKeys
        PublicUrl: !If
          - HasPublicUrl
          - !Ref PublicUrl
          - !If
            - HasDomain
            - !Sub 'https://$${DomainName}'
            - !If [OnAws, !Sub 'https://$${Pages.DomainName}', '']
        Target: !Ref Target
        FrontWord: !If [OnAws, !Ref FrontWord, '']

"""
BLOCKS = re.compile(r"^  (\w+):\n    Type: AWS::Serverless::Application$", re.MULTILINE)
MARKS = {
    "  # the parameters of new channels stand above\n": PARAMETERS,
    "  # the conditions of new channels stand above\n": CONDITION,
    "          # where the files of new channels are stands above\n": FILES,
    "                # the secrets of new channels stand above\n": MAY_READ,
    "          # the secrets of new channels, to be told of, stand above\n": TOLD,
    "                # the secrets of new channels, to be described, stand above\n": MAY_READ,
    "  # the blocks of new channels stand above\n": BLOCK,
}


def with_channel(template: str, name: str) -> str:
    """The template with this channel in it. Raises CannotAnswer where a mark is gone."""
    after = ", ".join(f"!If [{one}On, !Ref {one}, '']" for one in BLOCKS.findall(template))
    for mark, part in MARKS.items():
        if template.count(mark) != 1:
            raise CannotAnswer(
                f"template.yaml has lost the line {mark.strip()!r}, before which a channel is put."
            )
        text = Template(part).substitute(name=name, NAME=name.upper(), Block=block(name), after=after)
        template = template.replace(mark, text + mark)
    return template
