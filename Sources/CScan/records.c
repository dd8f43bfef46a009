#include "records.h"

#include <stdlib.h>
#include <string.h>

#include "scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Bytes that are looked at together: as many blocks of 64 as a word has bits.
#define PIECE_BYTES 4096

// Places that a kernel may write behind those that it found.
#define EXTRA_PLACES 32

typedef struct {
  uint64_t start;  // the piece's first byte
  uint64_t end;    // the byte behind its last
  uint64_t quoted_blocks;  // a bit for each block that has quotes
  uint32_t count;  // structural bytes
  uint32_t next;   // the first of them that belongs to no record yet
  // Of the other lists, the first place at or behind the record.
  uint32_t next_line_end;
  uint32_t next_odd;
  uint32_t next_space;
  uint32_t next_letter;  // Latin letters beyond ASCII
  // Where they are, from the piece's start, in order; of all but the first one more, far behind.
  uint16_t structure[PIECE_BYTES + EXTRA_PLACES];
  uint16_t line_ends[PIECE_BYTES + EXTRA_PLACES];  // each carriage return and each line feed
  uint16_t odd[PIECE_BYTES + EXTRA_PLACES];
  uint16_t spaces[PIECE_BYTES + EXTRA_PLACES];
  uint16_t letters[PIECE_BYTES + EXTRA_PLACES];
} scan_piece;

typedef struct {
  uint32_t width;
  uint64_t byte_limit;
  uint8_t delimiter;
  uint8_t quote;
  uint8_t beginnings[256];
} scan_record_rules;

struct scan_splitter {
  scan_kernel kernel;
  scan_record_rules rules;
  scan_piece piece;
};

int scan_has_kernel(scan_kernel kernel) {
  switch (kernel) {
    case SCAN_PLAIN:
      return 1;
#if defined(__x86_64__)
    case SCAN_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    case SCAN_AVX512:
      return scan_has_kernel(SCAN_AVX2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
#endif
    default:
      return 0;
  }
}

scan_splitter *scan_splitter_new(
    scan_kernel kernel, uint8_t delimiter, uint8_t quote, uint32_t width, uint64_t byte_limit,
    const uint8_t *beginnings) {
  if (!scan_has_kernel(kernel)) return NULL;
  scan_splitter *splitter = calloc(1, sizeof *splitter);
  if (splitter == NULL) return NULL;
  splitter->kernel = kernel;
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
#define NOWHERE UINT16_MAX

typedef struct {
  uint64_t structure;  // delimiter, quote, line feed or carriage return
  uint64_t quotes;
  uint64_t line_ends;
  uint64_t odd;  // other bytes that are no printable ASCII, ampersands, equals and number signs
  uint64_t spaces;
} record_masks;

// What the bytes of a block leave to the next one.
typedef struct {
  uint64_t begins_field;  // 1 when the next byte does
  uint64_t was_space;
  uint64_t ends_letter;
} block_carry;

// How many places of a kind the piece has.
typedef struct {
  uint32_t structure, line_ends, odd, spaces, letters;
} place_counts;

// How far a record got.
typedef enum { whole, cut_off, other_kind } record_end;

// Goes on to the first place of a list that is at `from` or behind it.
static inline uint32_t behind(const uint16_t *list, uint32_t next, uint32_t from) {
  while (list[next] < from) next++;
  return next;
}

// Whether a letter from U+00C0 to U+017F begins at a place, in UTF-8. Â, Ã, â and ï are none here: text
// that was read in a wrong encoding has them.
static inline int is_letter(const uint8_t *bytes, uint32_t place, uint32_t count) {
  if (place + 1 >= count || bytes[place] < 0xC3 || bytes[place] > 0xC5) return 0;
  const uint8_t second = bytes[place + 1];
  if ((second & 0xC0) != 0x80) return 0;
  return bytes[place] > 0xC3 ||
         (second != 0x82 && second != 0x83 && second != 0xA2 && second != 0xAF);
}

// Whether a byte is an ampersand with which no HTML entity begins.
static inline int is_lone_ampersand(const uint8_t *bytes, uint32_t place, uint32_t count) {
  // The last block is filled up with zeros, which are odd.
  if (place >= count || bytes[place] != '&') return 0;
  // An entity's name has at most 9 characters; as much again for quotes that are doubled.
  for (uint32_t i = place + 1; i < count && i <= place + 20; i++) {
    const uint8_t byte = bytes[i], letter = (byte | 0x20) - 'a';
    if (letter > 25 && (uint8_t)(byte - '0') > 9 && byte != '#') return byte != ';';
  }
  return 0;
}

// Whether a delimiter inside quotes is a character like most others, wherever it stands.
static inline int is_plain_delimiter(uint8_t delimiter) {
  return delimiter > ' ' && delimiter <= '~' && delimiter != '&' && delimiter != '=' &&
         delimiter != '#';
}

// Whether the odd places of a record with quotes, up to its end, are but spaces beside delimiters and
// doubled quotes, and these, inside of values: there they are like other characters.
static int are_inside(
    const uint16_t *odd, uint32_t end, const uint8_t *source, uint32_t base,
    const scan_record_rules *rules, const scan_field *fields) {
  uint32_t field = 0;
  for (; *odd <= end; odd++) {
    const uint8_t byte = source[*odd];
    if (byte != ' ' && byte != rules->delimiter && byte != rules->quote) return 0;
    const uint32_t place = base + *odd;
    while (field < rules->width && fields[field].start + fields[field].count <= place) field++;
    if (field == rules->width || place <= fields[field].start) return 0;
  }
  return 1;
}

// Reads 2 to 10 digits, the first of which is not 0; gives 0 for anything else.
static inline uint64_t read_number(const uint8_t *bytes, scan_field field) {
  const uint32_t count = field.count;
  const uint8_t *text = bytes + field.start;
  if (count - 2 > 8 || text[0] == '0') return 0;
  if (count > 8 || field.start + count < 8) {
    uint64_t value = 0;
    for (uint32_t i = 0; i < count; i++) {
      const uint8_t digit = text[i] - '0';
      if (digit > 9) return 0;
      value = value * 10 + digit;
    }
    return value | (uint64_t)count << 56;
  }
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "digits are joined in the order of a little-endian machine"
#endif
  // The 8 bytes up to the last digit; those before the first one become zeros.
  uint64_t word;
  memcpy(&word, text + count - 8, 8);
  const uint64_t zeros = 0x3030303030303030, highs = 0xF0F0F0F0F0F0F0F0;
  const uint64_t others = (1ull << (8 * (8 - count))) - 1;
  word = (word & ~others) | (zeros & others);
  // The high half of a digit is 3, even 6 further on.
  if (((word ^ zeros) & highs) != 0 || (((word + 0x0606060606060606) ^ zeros) & highs) != 0) return 0;
  // Neighbours are joined: digits to pairs, pairs to fours, fours to eight
  // (kholdstare.github.io/technical/2020/05/26/faster-integer-parsing.html).
  word = ((word & 0x0F0F0F0F0F0F0F0F) * 2561) >> 8;
  word = ((word & 0x00FF00FF00FF00FF) * 6553601) >> 16;
  word = ((word & 0x0000FFFF0000FFFF) * 42949672960001) >> 32;
  return word | (uint64_t)count << 56;
}

// Writes down the places of the bits of a block's mask, and up to 7 too many.
static inline __attribute__((always_inline)) uint32_t list_places(
    uint64_t mask, uint32_t base, uint16_t *target) {
  const uint32_t count = (uint32_t)__builtin_popcountll(mask);
  // Eight at a time, so that the number of them decides few jumps.
  for (uint32_t done = 0; done < count; done += 8) {
    for (uint32_t i = 0; i < 8; i++) {
      // The last bit stands in for those that are missing.
      uint32_t place = base + (uint32_t)__builtin_ctzll(mask | 1ull << 63);
      // Put into vectors by the compiler, this takes twice as long.
      __asm__("" : "+r"(place));
      target[done + i] = (uint16_t)place;
      mask &= mask - 1;
    }
  }
  return count;
}

// Likewise, of a mask that has few.
static inline __attribute__((always_inline)) uint32_t list_few_places(
    uint64_t mask, uint32_t base, uint16_t *target) {
  uint32_t count = 0;
  for (; mask != 0; mask &= mask - 1) {
    target[count++] = (uint16_t)(base + (uint32_t)__builtin_ctzll(mask));
  }
  return count;
}

// The kernel in the instructions that every machine has, in those that most have, and in those that
// servers have.
#define KERNEL(name) name##_plain
#include "kernel_plain.h"
#include "records_kernel.h"
#undef KERNEL

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#define KERNEL(name) name##_avx2
#include "kernel_avx2.h"
#include "records_kernel.h"
#undef KERNEL
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vbmi2"))), apply_to = function)
#define KERNEL(name) name##_avx512
#include "kernel_avx512.h"
#include "records_kernel.h"
#undef KERNEL
#pragma clang attribute pop
#endif

scan_counts scan_records(
    scan_splitter *splitter, const uint8_t *bytes, uint64_t count, uint64_t start, uint32_t limit,
    const scan_key_rule *rule, scan_target target) {
  switch (splitter->kernel) {
#if defined(__x86_64__)
    case SCAN_AVX2:
      return split_avx2(splitter, bytes, count, start, limit, rule, target);
    case SCAN_AVX512:
      return split_avx512(splitter, bytes, count, start, limit, rule, target);
#endif
    default:
      return split_plain(splitter, bytes, count, start, limit, rule, target);
  }
}
