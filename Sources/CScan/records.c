#include "records.h"

#include <stdlib.h>
#include <string.h>

#include "scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Bytes that are looked at together.
#define PIECE_BYTES 4096

typedef struct {
  uint64_t start;  // the piece's first byte
  uint64_t end;    // the byte behind its last
  uint32_t count;  // structural bytes
  uint32_t next;   // the first of them that belongs to no record yet
  uint32_t next_odd;    // the first odd byte at or behind the record
  uint32_t next_space;  // the first space
  uint32_t next_letter;  // the first Latin letter beyond ASCII
  // Where they are, from the piece's start, in order; of all but the first one more, far behind.
  uint32_t structure[PIECE_BYTES + 16];
  uint32_t odd[PIECE_BYTES + 16];
  uint32_t spaces[PIECE_BYTES + 16];
  uint32_t letters[PIECE_BYTES + 16];
} scan_piece;

typedef struct {
  uint32_t width;
  uint64_t byte_limit;
  uint8_t delimiter;
  uint8_t quote;
  uint8_t beginnings[256];
} scan_record_rules;

struct scan_splitter {
  scan_record_rules rules;
  scan_piece piece;
};

scan_splitter *scan_splitter_new(
    uint8_t delimiter, uint8_t quote, uint32_t width, uint64_t byte_limit, const uint8_t *beginnings) {
  scan_splitter *splitter = calloc(1, sizeof *splitter);
  if (splitter == NULL) return NULL;
  splitter->rules.width = width;
  splitter->rules.byte_limit = byte_limit;
  splitter->rules.delimiter = delimiter;
  splitter->rules.quote = quote;
  memcpy(splitter->rules.beginnings, beginnings, sizeof splitter->rules.beginnings);
  return splitter;
}

void scan_splitter_free(scan_splitter *splitter) { free(splitter); }

void scan_splitter_begin(scan_splitter *splitter) {
  splitter->piece.start = splitter->piece.end = 0;
}

// The place of no byte.
#define NOWHERE UINT32_MAX

typedef struct {
  uint64_t structure;  // delimiter, quote, line feed or carriage return
  uint64_t odd;        // other bytes that are no printable ASCII, ampersands, equals and number signs
  uint64_t spaces;
} record_masks;

// Writes down the places of a block's structural bytes. There is room for 16 places too many.
static inline __attribute__((always_inline)) uint32_t places(
    uint64_t mask, uint32_t base, uint32_t *target) {
  const uint32_t count = (uint32_t)__builtin_popcountll(mask);
  // Eight at a time, so that the number of them decides few jumps.
  for (uint32_t done = 0; done < count; done += 8) {
    for (uint32_t i = 0; i < 8; i++) {
      // The last bit stands in for those that are missing.
      uint64_t place = (uint64_t)__builtin_ctzll(mask | 1ull << 63);
      // Put into vectors by the compiler, this takes twice as long.
      __asm__("" : "+r"(place));
      target[done + i] = base + (uint32_t)place;
      mask &= mask - 1;
    }
  }
  return count;
}

// What the bytes of a block leave to the next one.
typedef struct {
  uint64_t begins_field;  // 1 when the next byte does
  uint64_t was_space;
  uint64_t ends_letter;
} block_carry;

// How many places of a kind the piece has.
typedef struct {
  uint32_t structure, odd, spaces, letters;
} place_counts;

// Whether a letter from U+00C0 to U+017F begins at a place, in UTF-8. Â, Ã, â and ï are none here: text
// that was read in a wrong encoding has them.
static inline int is_letter(const uint8_t *bytes, uint32_t place, uint32_t count) {
  if (place + 1 >= count || bytes[place] < 0xC3 || bytes[place] > 0xC5) return 0;
  const uint8_t second = bytes[place + 1];
  if ((second & 0xC0) != 0x80) return 0;
  return bytes[place] > 0xC3 ||
         (second != 0x82 && second != 0x83 && second != 0xA2 && second != 0xAF);
}

static inline __attribute__((always_inline)) void take_block(
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
  counts->structure +=
      places(masks.structure, offset, piece->structure + counts->structure);
  // These are rare.
  if ((odd | masks.spaces) != 0) {
    for (uint64_t mask = odd; mask != 0; mask &= mask - 1) {
      const uint32_t bit = (uint32_t)__builtin_ctzll(mask);
      if (!is_letter(source, offset + bit, count)) {
        piece->odd[counts->odd++] = offset + bit;
        continue;
      }
      piece->letters[counts->letters++] = offset + bit;
      if (bit < 63) {
        mask &= ~(2ull << bit);
      } else {
        carry->ends_letter = 1;
      }
    }
    for (uint64_t mask = masks.spaces; mask != 0; mask &= mask - 1) {
      piece->spaces[counts->spaces++] = offset + (uint32_t)__builtin_ctzll(mask);
    }
  }
}

// Defines a function that looks at the piece whose first and last byte are set.
#define DEFINE_LOOK(name, target, masks_of)                                                       \
  target static void name(                                                                        \
      const uint8_t *bytes, const scan_record_rules *rules, scan_piece *piece) {                  \
    const uint32_t count = (uint32_t)(piece->end - piece->start);                                 \
    const uint8_t *source = bytes + piece->start, delimiter = rules->delimiter;                   \
    const uint8_t quote = rules->quote;                                                           \
    block_carry carry = {1, 0, 0};                                                                \
    place_counts counts = {0, 0, 0, 0};                                                           \
    uint32_t offset = 0;                                                                          \
    for (; offset + 64 <= count; offset += 64) {                                                  \
      const record_masks masks = masks_of(source + offset, delimiter, quote);                     \
      take_block(source, count, masks, offset, &carry, &counts, piece);                           \
    }                                                                                             \
    if (offset < count) {                                                                         \
      uint8_t rest[64] = {0};                                                                     \
      memcpy(rest, source + offset, count - offset);                                              \
      const record_masks masks = masks_of(rest, delimiter, quote);                                \
      take_block(source, count, masks, offset, &carry, &counts, piece);                           \
    }                                                                                             \
    piece->odd[counts.odd] = piece->spaces[counts.spaces] = NOWHERE;                              \
    piece->letters[counts.letters] = NOWHERE;                                                     \
    piece->count = counts.structure;                                                              \
    piece->next = piece->next_odd = piece->next_space = piece->next_letter = 0;                   \
  }

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __attribute__((always_inline)) uint64_t movemask64(
    __m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

__attribute__((target("avx2"))) static inline __attribute__((always_inline)) record_masks masks_avx2(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m256i d = _mm256_set1_epi8((char)delimiter), q = _mm256_set1_epi8((char)quote);
  const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
  const __m256i space = _mm256_set1_epi8(' '), past = _mm256_set1_epi8(0x7F - ' ');
  const __m256i ampersand = _mm256_set1_epi8('&');
  const __m256i equals = _mm256_set1_epi8('='), number = _mm256_set1_epi8('#');
  __m256i structure[2], odd[2], spaces[2];
  for (int i = 0; i < 2; i++) {
    const __m256i v = _mm256_loadu_si256((const __m256i *)(bytes + 32 * i));
    structure[i] = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi8(v, d), _mm256_cmpeq_epi8(v, q)),
        _mm256_or_si256(_mm256_cmpeq_epi8(v, lf), _mm256_cmpeq_epi8(v, cr)));
    const __m256i above = _mm256_sub_epi8(v, space);
    odd[i] = _mm256_or_si256(
        _mm256_or_si256(
            _mm256_cmpeq_epi8(_mm256_max_epu8(above, past), above), _mm256_cmpeq_epi8(v, ampersand)),
        _mm256_or_si256(_mm256_cmpeq_epi8(v, equals), _mm256_cmpeq_epi8(v, number)));
    spaces[i] = _mm256_cmpeq_epi8(v, space);
  }
  record_masks masks;
  masks.structure = movemask64(structure[0], structure[1]);
  masks.odd = movemask64(odd[0], odd[1]) & ~masks.structure;
  masks.spaces = movemask64(spaces[0], spaces[1]) & ~masks.structure;
  return masks;
}

DEFINE_LOOK(look_avx2, __attribute__((target("avx2,bmi,bmi2,popcnt"))), masks_avx2)

#endif

static inline __attribute__((always_inline)) record_masks masks_plain(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const scan_block_masks block = scan_block64(bytes, delimiter, quote);
  record_masks masks = {block.structure, block.odd, 0};
#if defined(__SSE2__)
  const __m128i space = _mm_set1_epi8(' ');
  const __m128i equals = _mm_set1_epi8('='), number = _mm_set1_epi8('#');
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(v, equals), _mm_cmpeq_epi8(v, number));
    masks.spaces |=
        (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, space)) << (16 * i);
    masks.odd |= (uint64_t)(uint16_t)_mm_movemask_epi8(signs) << (16 * i);
  }
#else
  for (int i = 0; i < 64; i++) {
    masks.spaces |= (uint64_t)(bytes[i] == ' ') << i;
    masks.odd |= (uint64_t)(bytes[i] == '=' || bytes[i] == '#') << i;
  }
#endif
  masks.odd &= ~masks.structure;
  masks.spaces &= ~masks.structure;
  return masks;
}

DEFINE_LOOK(look_plain, , masks_plain)

static void look(const uint8_t *bytes, const scan_record_rules *rules, scan_piece *piece) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    look_avx2(bytes, rules, piece);
    return;
  }
#endif
  look_plain(bytes, rules, piece);
}

// Goes on to the first place of a list that is at `from` or behind it.
static inline __attribute__((always_inline)) uint32_t behind(
    const uint32_t *list, uint32_t next, uint32_t from) {
  while (list[next] < from) next++;
  return next;
}

// How far a record got.
typedef enum { whole, cut_off, other_kind } record_end;

// Takes the record that begins at `start` in the piece and has quotes, or is of another kind.
static __attribute__((noinline)) record_end take_quoted(
    const uint8_t *source, uint32_t start, const scan_record_rules *rules, const scan_piece *piece,
    uint32_t *next, uint32_t *traits, scan_field *fields) {
  const uint32_t *structure = piece->structure;
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
          if (rules->delimiter <= ' ' || rules->delimiter > '~' || rules->delimiter == '&') {
            return other_kind;
          }
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

uint64_t scan_records(
    scan_splitter *splitter, const uint8_t *bytes, uint64_t count, uint64_t start,
    scan_field *fields, scan_record *records, uint64_t limit, uint64_t *both_count) {
  const scan_record_rules *rules = &splitter->rules;
  scan_piece *piece = &splitter->piece;
  const uint32_t width = rules->width;
  const uint8_t delimiter = rules->delimiter, quote = rules->quote;
  const uint64_t byte_limit = rules->byte_limit;
  const uint8_t *beginnings = rules->beginnings;
  uint64_t taken = 0, both = 0;
  // Few records need but a few bytes.
  const uint64_t piece_bytes = limit < 16 ? 256 : PIECE_BYTES;
  while (taken < limit && start < count) {
    if (start < piece->start || start >= piece->end) {
      piece->start = start;
      piece->end = count - start < piece_bytes ? count : start + piece_bytes;
      look(bytes, rules, piece);
    }
    const uint8_t *source = bytes + piece->start;
    const uint32_t base = (uint32_t)piece->start;
    const uint32_t *structure = piece->structure;
    const uint32_t found = piece->count;
    uint32_t begin = (uint32_t)(start - piece->start), next = piece->next;
    while (next < found && structure[next] < begin) next++;
    uint32_t next_odd = behind(piece->odd, piece->next_odd, begin);
    uint32_t next_space = behind(piece->spaces, piece->next_space, begin);
    uint32_t next_letter = behind(piece->letters, piece->next_letter, begin);
    record_end state = next < found ? whole : cut_off;
    while (state == whole && taken < limit) {
      scan_field *row = fields + taken * width;
      const uint8_t first = source[begin];
      uint32_t last = next + width - 1;
      uint8_t different = 0;
      uint32_t traits = 0;
      if (last < found) {
        uint32_t field_start = begin;
        for (uint32_t i = 0; i + 1 < width; i++) {
          const uint32_t end = structure[next + i];
          different |= source[end] ^ delimiter;
          row[i] = (scan_field){base + field_start, end - field_start};
          field_start = end + 1;
        }
        row[width - 1] = (scan_field){base + field_start, structure[last] - field_start};
      }
      if (last >= found || different != 0 || source[structure[last]] == quote) {
        last = next;
        state = take_quoted(source, begin, rules, piece, &last, &traits, row);
        if (state != whole) break;
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
        traits |= SCAN_IS_ODD;
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
      records[taken++] = (scan_record){base + begin, end - begin, traits};
      both += line_end_bytes - 1;
      begin = end + line_end_bytes;
      next = last + line_end_bytes;
      if (next >= found) state = cut_off;
    }
    piece->next = next;
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
  *both_count = both;
  return taken;
}
