import { ApiProperty } from '@nestjs/swagger';
import { defaultRecordPolicy } from '#domain/records/policies.js';
import { media } from '#domain/schema/catalogues.js';
import { PlaceAnswer } from '../../http/answer.js';
import {
  CodeField,
  codesOf,
  NestedField,
  STAFF_ID,
  StaffIdField,
  TextField,
  TextsField,
} from '../../http/fields.js';

export class PlaceDto {
  @TextField(50, { en: 'the container', zh: '柜号', example: '2号柜' })
  container!: string;

  @TextField(50, { en: 'the slot', zh: '格号', example: '3' })
  slot!: string;

  @TextField(50, { en: 'the barcode', zh: '条码', example: '690001' })
  barcode!: string;
}

export class FileDto {
  @CodeField(Object.keys(defaultRecordPolicy.retention.classes), {
    en: 'the retention class',
    zh: '保管期限',
  })
  retentionClass!: string;

  @CodeField(codesOf(media), { en: 'the medium', zh: '载体' })
  medium!: string;

  @NestedField(() => PlaceDto, { en: 'where the paper lies', zh: '文本存放位置', optional: true })
  place?: PlaceDto | null;

  @TextField(2000, { en: 'a note', zh: '备注', optional: true })
  note?: string | null;
}

export class FiledAnswer extends PlaceAnswer {
  @ApiProperty({ example: 'KH-2025-00017' })
  fileNumber!: string;
  @ApiProperty({ example: 'custodian-1' })
  custodian!: string;
}

export class AllocateDto {
  @StaffIdField({ en: 'staff id of the follow-up owner', zh: '跟进人工号', example: 'collector-1' })
  owner!: string;

  @StaffIdField({ en: 'staff id of the custodian', zh: '保管员工号', example: 'custodian-1' })
  custodian!: string;

  @TextsField(20, STAFF_ID, {
    en: 'staff ids of those who claim the customer',
    zh: '主张跟进的人员工号',
    example: ['collector-1', 'collector-2'],
    optional: true,
  })
  claimants?: string[] | null;

  @TextField(2000, {
    en: 'the reason; required where two or more claim the customer',
    zh: '理由，两人以上主张时必填',
    optional: true,
  })
  reason?: string | null;
}

export class AllocatedAnswer extends PlaceAnswer {
  @ApiProperty({ example: 'collector-1' })
  owner!: string;
  @ApiProperty({ example: 'custodian-1' })
  custodian!: string;
  @ApiProperty({ example: '2025-06-01T01:00:00.000Z', description: 'End of the owner’s standing grant' })
  ownerUntil!: string;
}
