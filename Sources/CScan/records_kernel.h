// The kernel of scan_records, which is included once for each set of instructions. `KERNEL(name)` makes
// the names of functions differ; `KERNEL(masks)`, `KERNEL(places)`, `KERNEL(few_places)` and
// `KERNEL(read_id)` are there already.

static inline __attribute__((always_inline)) void KERNEL(take_block)(
    const uint8_t *source, uint32_t count, record_masks masks, uint32_t offset, block_carry *carry,
    place_counts *counts, scan_piece *piece) {
  const uint64_t first = masks.structure << 1 | carry->begins_field;
  const uint64_t behind_space = masks.spaces << 1 | carry->was_space;
  // A field that begins with a space, and a space before a structural byte.
  const uint64_t odd =
      (masks.odd & ~carry->ends_letter) | (first & masks.spaces) | (masks.structure & behind_space);
  carry->begins_field = masks.structure >> 63;
  carry->was_space = masks.spaces >> 63;
  carry->ends_letter = 0;
  piece->quoted_blocks |= (uint64_t)(masks.quotes != 0) << (offset / 64);
  counts->structure +=
      KERNEL(places)(masks.structure, offset, piece->structure + counts->structure);
  counts->line_ends +=
      KERNEL(few_places)(masks.line_ends, offset, piece->line_ends + counts->line_ends);
  // These are rare.
  if ((odd | masks.spaces) != 0) {
    for (uint64_t mask = odd; mask != 0; mask &= mask - 1) {
      const uint32_t bit = (uint32_t)__builtin_ctzll(mask);
      if (!is_letter(source, offset + bit, count)) {
        // A structural byte is odd for the space before it, whatever it is.
        const int is_structural = (int)(masks.structure >> bit & 1);
        if (is_structural || !is_lone_ampersand(source, offset + bit, count)) {
          piece->odd[counts->odd++] = (uint16_t)(offset + bit);
        }
        continue;
      }
      piece->letters[counts->letters++] = (uint16_t)(offset + bit);
      if (bit < 63) {
        mask &= ~(2ull << bit);
      } else {
        carry->ends_letter = 1;
      }
    }
    for (uint64_t mask = masks.spaces; mask != 0; mask &= mask - 1) {
      piece->spaces[counts->spaces++] = (uint16_t)(offset + (uint32_t)__builtin_ctzll(mask));
    }
  }
}

// Looks at the piece whose first and last byte are set.
static __attribute__((noinline)) void KERNEL(look)(
    const uint8_t *bytes, const scan_record_rules *rules, scan_piece *piece) {
  const uint32_t count = (uint32_t)(piece->end - piece->start);
  const uint8_t *source = bytes + piece->start;
  const uint8_t delimiter = rules->delimiter, quote = rules->quote;
  block_carry carry = {1, 0, 0};
  place_counts counts = {0, 0, 0, 0, 0};
  piece->quoted_blocks = 0;
  uint32_t offset = 0;
  for (; offset + 64 <= count; offset += 64) {
    const record_masks masks = KERNEL(masks)(source + offset, delimiter, quote);
    KERNEL(take_block)(source, count, masks, offset, &carry, &counts, piece);
  }
  if (offset < count) {
    uint8_t rest[64] = {0};
    memcpy(rest, source + offset, count - offset);
    const record_masks masks = KERNEL(masks)(rest, delimiter, quote);
    KERNEL(take_block)(source, count, masks, offset, &carry, &counts, piece);
  }
  piece->line_ends[counts.line_ends] = piece->odd[counts.odd] = NOWHERE;
  piece->spaces[counts.spaces] = piece->letters[counts.letters] = NOWHERE;
  piece->count = counts.structure;
  piece->next = piece->next_line_end = 0;
  piece->next_odd = piece->next_space = piece->next_letter = 0;
}

// Takes the record that begins at `start` in the piece and has quotes, or is of another kind.
static __attribute__((noinline)) record_end KERNEL(take_quoted)(
    const uint8_t *source, uint32_t start, const scan_record_rules *rules, const scan_piece *piece,
    uint32_t *next, uint32_t *traits, scan_field *fields) {
  const uint16_t *structure = piece->structure;
  const uint32_t base = (uint32_t)piece->start;
  uint32_t at = *next, begin = start;
  for (uint32_t field = 0;; field++) {
    if (at >= piece->count) return cut_off;
    uint32_t end = structure[at];
    if (source[end] == rules->quote) {
      if (end != begin) return other_kind;
      begin++;
      uint32_t closing;
      for (;;) {
        if (++at >= piece->count) return cut_off;
        closing = structure[at];
        if (source[closing] == rules->delimiter) {
          // As a character of a value it would be odd, or a space, and is neither in the masks.
          if (!is_plain_delimiter(rules->delimiter)) return other_kind;
          continue;
        }
        if (source[closing] != rules->quote) return other_kind;
        if (++at >= piece->count) return cut_off;
        end = structure[at];
        if (end != closing + 1) return other_kind;
        if (source[end] != rules->quote) break;
        *traits |= SCAN_HAS_DOUBLED_QUOTES;
      }
      fields[field] = (scan_field){base + begin, closing - begin};
    } else {
      fields[field] = (scan_field){base + begin, end - begin};
    }
    if (field + 1 == rules->width) break;
    if (source[end] != rules->delimiter) return other_kind;
    begin = end + 1;
    at++;
  }
  *next = at;
  return whole;
}

// Whether a record without quotes ends at `end`, that is, the bytes between its fields are delimiters.
static inline __attribute__((always_inline)) int KERNEL(is_unquoted)(
    const uint8_t *source, uint32_t begin, uint32_t end, const uint16_t *structure, uint32_t next,
    const scan_record_rules *rules, const scan_piece *piece) {
  const uint64_t blocks = (2ull << (end / 64 - begin / 64)) - 1;
  if ((piece->quoted_blocks >> (begin / 64) & blocks) == 0) return 1;
  uint8_t different = 0;
  for (uint32_t i = 0; i + 1 < rules->width; i++) {
    different |= source[structure[next + i]] ^ rules->delimiter;
  }
  return different == 0;
}

// A field of a record without quotes.
static inline __attribute__((always_inline)) scan_field KERNEL(field)(
    const uint16_t *structure, uint32_t begin, uint32_t column, uint32_t base) {
  const uint32_t start = column == 0 ? begin : structure[column - 1] + 1;
  return (scan_field){base + start, structure[column] - start};
}

// Reads the keys of a record if it is sound; the distance is not known yet. Its fields are there, or it
// has no quotes and `structure` begins with what is behind its first field.
static inline __attribute__((always_inline)) int KERNEL(read_keys)(
    const uint8_t *bytes, const scan_key_rule *rule, uint32_t traits, const scan_field *fields,
    const uint16_t *structure, uint32_t begin, uint32_t base, scan_keys *keys) {
  const uint32_t allowed =
      SCAN_ENDS_WITH_BOTH | SCAN_HAS_LETTERS | SCAN_HAS_SPACES | SCAN_HAS_DOUBLED_QUOTES;
  if ((traits & ~allowed) != 0) return 0;
  const uint32_t id_column = rule->id_column, number_column = rule->number_column;
  const scan_field id = fields != NULL ? fields[id_column]
                                       : KERNEL(field)(structure, begin, id_column, base);
  if (id.count != 24 || !KERNEL(read_id)(bytes + id.start, &keys->high, &keys->low)) return 0;
  const uint32_t second = (uint32_t)(keys->high >> 32);
  if (keys->low == 0 || second < rule->first_second || second > rule->last_second) return 0;
  const scan_field number = fields != NULL ? fields[number_column]
                                           : KERNEL(field)(structure, begin, number_column, base);
  keys->number = read_number(bytes, number);
  if (keys->number == 0) return 0;
  if ((traits & SCAN_HAS_SPACES) == 0 || rule->spaceless_column < 0) return 1;
  const uint32_t column = (uint32_t)rule->spaceless_column;
  const scan_field value = fields != NULL ? fields[column]
                                          : KERNEL(field)(structure, begin, column, base);
  return memchr(bytes + value.start, ' ', value.count) == NULL;
}

static scan_counts KERNEL(split)(
    scan_splitter *splitter, const uint8_t *bytes, uint64_t count, uint64_t start, uint32_t limit,
    const scan_key_rule *rule, scan_target target) {
  const scan_record_rules *rules = &splitter->rules;
  scan_piece *piece = &splitter->piece;
  const uint32_t width = rules->width;
  const uint8_t quote = rules->quote;
  const uint64_t byte_limit = rules->byte_limit;
  const uint8_t *beginnings = rules->beginnings;
  scan_counts counts = {0, 0, 0};
  uint32_t other_count = 0;
  // The first byte of the run's first record, while there is one.
  uint32_t run = 0;
  int is_run = 0;
  // Few records need but a few bytes.
  const uint64_t piece_bytes = limit < 16 ? 256 : PIECE_BYTES;
  while (counts.record_count < limit && start < count) {
    if (start < piece->start || start >= piece->end) {
      piece->start = start;
      piece->end = count - start < piece_bytes ? count : start + piece_bytes;
      KERNEL(look)(bytes, rules, piece);
    }
    const uint8_t *source = bytes + piece->start;
    const uint32_t base = (uint32_t)piece->start;
    const uint16_t *structure = piece->structure;
    const uint32_t found = piece->count;
    uint32_t begin = (uint32_t)(start - piece->start), next = piece->next;
    while (next < found && structure[next] < begin) next++;
    uint32_t next_line_end = behind(piece->line_ends, piece->next_line_end, begin);
    uint32_t next_odd = behind(piece->odd, piece->next_odd, begin);
    uint32_t next_space = behind(piece->spaces, piece->next_space, begin);
    uint32_t next_letter = behind(piece->letters, piece->next_letter, begin);
    record_end state = next < found ? whole : cut_off;
    while (state == whole && counts.record_count < limit) {
      scan_field *row = target.fields + (uint64_t)other_count * width;
      const uint8_t first = source[begin];
      const uint32_t line_end = piece->line_ends[next_line_end];
      const uint32_t first_structure = next;
      uint32_t last = next + width - 1;
      uint32_t traits = 0;
      int has_fields = 0;
      if (last >= found || structure[last] != line_end ||
          !KERNEL(is_unquoted)(source, begin, line_end, structure, next, rules, piece)) {
        last = next;
        state = KERNEL(take_quoted)(source, begin, rules, piece, &last, &traits, row);
        if (state != whole) break;
        has_fields = 1;
      }
      const uint32_t end = structure[last];
      uint32_t line_end_bytes = 1;
      if (source[end] != '\n') {
        state = source[end] != '\r' ? other_kind : last + 1 >= found ? cut_off : whole;
        if (state != whole) break;
        line_end_bytes = 2;
        if (source[end + 1] != '\n') {
          state = other_kind;
          break;
        }
      }
      // Of a quoted field, what counts is the first byte of its value.
      const uint8_t beginning = beginnings[first == quote ? source[begin + 1] : first];
      if (beginning == 0 || end - begin > byte_limit) {
        state = other_kind;
        break;
      }
      if (beginning != 1) traits |= SCAN_BEGINS_ODDLY;
      if (line_end_bytes == 2) traits |= SCAN_ENDS_WITH_BOTH;
      // A space before a line end shows at the line end.
      if (piece->odd[next_odd] <= end) {
        if (!has_fields || !are_inside(piece->odd + next_odd, end, source, base, rules, row)) {
          traits |= SCAN_IS_ODD;
        }
        next_odd = behind(piece->odd, next_odd, end + 1);
      }
      if (piece->spaces[next_space] < end) {
        traits |= SCAN_HAS_SPACES;
        next_space = behind(piece->spaces, next_space, end);
      }
      if (piece->letters[next_letter] < end) {
        traits |= SCAN_HAS_LETTERS;
        next_letter = behind(piece->letters, next_letter, end);
      }
      scan_keys *keys = target.keys + counts.sound_count;
      if (rule != NULL &&
          KERNEL(read_keys)(
              bytes, rule, traits, has_fields ? row : NULL, structure + first_structure, begin, base,
              keys)) {
        if (!is_run) run = base + begin;
        is_run = 1;
        keys->distance = base + begin - run;
        counts.sound_count++;
      } else {
        is_run = 0;
        if (!has_fields) {
          for (uint32_t i = 0; i < width; i++) {
            row[i] = KERNEL(field)(structure + first_structure, begin, i, base);
          }
        }
        target.others[other_count++] = counts.record_count;
      }
      target.records[counts.record_count++] = (scan_record){base + begin, end - begin, traits};
      counts.both_count += line_end_bytes - 1;
      begin = end + line_end_bytes;
      next = last + line_end_bytes;
      next_line_end = behind(piece->line_ends, next_line_end, begin);
      if (next >= found) state = cut_off;
    }
    piece->next = next;
    piece->next_line_end = next_line_end;
    piece->next_odd = next_odd;
    piece->next_space = next_space;
    piece->next_letter = next_letter;
    start = piece->start + begin;
    if (state == other_kind) break;
    if (state == cut_off) {
      // A record that begins the piece and does not end in it is too long, or the last one.
      if (begin == 0) break;
      piece->end = start;
    }
  }
  return counts;
}
