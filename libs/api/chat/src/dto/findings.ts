import { type FindingKind, type TextFinding, type TextFindings } from '@echo/contract';
import { FINDING_KINDS } from '@echo/contract/hidden-text';
import { ApiProperty } from '@nestjs/swagger';

export class TextFindingDto implements TextFinding {
  @ApiProperty({ enum: FINDING_KINDS })
  kind!: FindingKind;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Where it begins, in UTF-16 units.' })
  index!: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'How long it is, in UTF-16 units.' })
  length!: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Characters (code points); 1 for a template token.' })
  count!: number;
}

/** What a text hides, or spells like a model’s template. The text itself is stored and sent as it was typed. */
export class TextFindingsDto implements TextFindings {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Hidden characters, in all.' })
  hidden_characters!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Spellings of template tokens, in all.' })
  template_tokens!: number;

  @ApiProperty({ type: [TextFindingDto], description: 'Where, in the order of the text; the first hundred.' })
  places!: TextFindingDto[];
}
