// Finds the bytes that give a CSV document its structure, 64 at a time; reads and writes ids; looks into
// tables.
//
// Swift's vector types have no cheap way from a comparison to a bit mask; these functions have,
// and are inlined into their Swift callers. `Bytes/BlockScan.swift` and `Bytes/HexDigits.swift` hold
// the plain Swift twins.
#pragma once
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Asks for the cache line at an address, which may be any.
static inline __attribute__((always_inline)) void scan_prefetch(const void *address) {
  __builtin_prefetch(address, 1);
}

typedef struct {
  uint32_t empty;  // a bit for each of 8 slots
  uint32_t equal;
} scan_slots;

// Which of 8 slots of a table are 0, and which have a tag in the bits of a mask.
static inline __attribute__((always_inline)) scan_slots scan_slots8(
    const uint32_t *slots, uint32_t tag, uint32_t mask) {
#if defined(__SSE2__)
  const __m128i tags = _mm_set1_epi32((int)tag), bits = _mm_set1_epi32((int)mask);
  const __m128i first = _mm_loadu_si128((const __m128i *)slots);
  const __m128i second = _mm_loadu_si128((const __m128i *)(slots + 4));
  const __m128i zero = _mm_setzero_si128();
  const __m128i empty =
      _mm_packs_epi32(_mm_cmpeq_epi32(first, zero), _mm_cmpeq_epi32(second, zero));
  const __m128i equal = _mm_packs_epi32(
      _mm_cmpeq_epi32(_mm_and_si128(first, bits), tags),
      _mm_cmpeq_epi32(_mm_and_si128(second, bits), tags));
  const uint32_t both = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(empty, equal));
  return (scan_slots){both & 0xFF, both >> 8};
#else
  scan_slots found = {0, 0};
  for (uint32_t i = 0; i < 8; i++) {
    found.empty |= (uint32_t)(slots[i] == 0) << i;
    found.equal |= (uint32_t)((slots[i] & mask) == tag) << i;
  }
  return found;
#endif
}

// Text of which 15 bytes more than its own may be read.
typedef struct {
  const uint8_t *bytes;
  uint64_t count;
} scan_line_text;

// The digits of a number below 10^8, the first one in the lowest byte. Halves, pairs and digits are
// parted side by side; divisions by 100 and 10 are multiplications that are exact this far.
static inline __attribute__((always_inline)) uint64_t scan_eight_digits(uint32_t number) {
  const uint64_t halves = number / 10000 | (uint64_t)(number % 10000) << 32;
  const uint64_t hundreds = ((halves * 10486) >> 20) & 0x0000007F0000007F;
  const uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
  const uint64_t tens = ((pairs * 103) >> 10) & 0x000F000F000F000F;
  return (tens | (pairs - 10 * tens) << 8) + 0x3030303030303030;
}

// A number and its decimal digits: the last eight, with zeros before them, the first of these in the
// lowest byte; and those before the last eight.
typedef struct {
  uint64_t value;
  uint64_t count;  // of all digits; 0 before the first number
  uint64_t last_digits;
  uint8_t first_digits[16];
} scan_counter;

// What lines have in common: texts, and between them a row's number, 24 hexadecimal digits and the
// 2 to 10 digits of a place among all extensions (see ExtensionNumber).
typedef struct {
  scan_line_text opening, before_id, before_number, ending;
  uint64_t place_mask;  // the bits of a row's word that hold the place, of which 0 is none
  uint64_t same_mask;   // those in which rows must agree to have the same texts
} scan_line_form;

// A row as lines write it.
typedef struct {
  uint64_t high;
  uint32_t low;
  uint32_t other;
  uint64_t word;
} scan_row;

// What a line takes at most beside its texts, and beyond its end for a moment.
enum { SCAN_LINE_ROOM = 20 + 24 + 10 + 48 };

// Writes the lines of rows with numbers from one on, up to the first that has no place or does not
// agree with the first row; says how many these are and adds the length to what is at `length`. The
// counter knows the number of the line before.
uint64_t scan_write_lines(
    uint8_t *to, const scan_line_form *form, const scan_row *rows, uint64_t count,
    uint64_t first_number, scan_counter *counter, uint64_t *length);

// A table of words: slots in which a search may begin, then room for seven more. A slot holds the low
// half of a word, a head the high half of the word in its slot.
typedef struct {
  uint32_t *slots;
  uint32_t *heads;
  uint64_t home_count;
  uint32_t mask;   // the bits of a slot that hold its tag
  uint32_t shift;  // first bits that are the same for all words
} scan_table;

// Enters words until one agrees in tag and head with one that is there, and says how many these are.
// The first one may agree with so many that are passed over; `found` is the slot that the next one
// agrees with.
uint64_t scan_enter(
    scan_table table, const uint64_t *words, uint64_t count, uint64_t passed, uint64_t *found);

typedef struct {
  uint64_t structure;  // delimiter, quote, line feed or carriage return
  uint64_t odd;        // other bytes that are no printable ASCII, and ampersands
} scan_block_masks;

typedef struct {
  uint64_t byte_count;       // in whole blocks without odd bytes
  uint64_t line_feed_count;  // among them
  uint64_t line_start;       // after the last of these; 0 when there is none
} scan_text_run;

typedef struct {
  uint64_t line_feeds;
  uint64_t odd;  // control bytes but tab, line feed and carriage return; bytes beyond ASCII
} scan_text_masks;

#if defined(__SSE2__)

// Whether a block may have a line feed or an odd byte.
static inline __attribute__((always_inline)) int scan_is_worth_a_look(const uint8_t *bytes) {
  const __m128i space = _mm_set1_epi8(' ');
  __m128i low = _mm_setzero_si128();
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    low = _mm_or_si128(low, _mm_cmplt_epi8(v, space));
  }
  return _mm_movemask_epi8(low) != 0;
}

static inline __attribute__((always_inline)) scan_text_masks scan_text64(const uint8_t *bytes) {
  const __m128i space = _mm_set1_epi8(' ');
  scan_text_masks masks = {0, 0};
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i lf = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
    const __m128i allowed = _mm_or_si128(
        lf,
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
    // With a sign, bytes beyond ASCII are below the space like control bytes.
    const __m128i strange = _mm_andnot_si128(allowed, _mm_cmplt_epi8(v, space));
    masks.line_feeds |= (uint64_t)(uint16_t)_mm_movemask_epi8(lf) << (16 * i);
    masks.odd |= (uint64_t)(uint16_t)_mm_movemask_epi8(strange) << (16 * i);
  }
  return masks;
}

static inline __attribute__((always_inline)) scan_block_masks scan_block64(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m128i d = _mm_set1_epi8((char)delimiter), q = _mm_set1_epi8((char)quote);
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
  const __m128i space = _mm_set1_epi8(' '), past = _mm_set1_epi8(0x7F - ' ');
  const __m128i ampersand = _mm_set1_epi8('&');
  scan_block_masks masks = {0, 0};
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i hit = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
        _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr)));
    // Printable bytes are below 0x5F once 0x20 is taken away; there is no unsigned comparison.
    const __m128i above = _mm_sub_epi8(v, space);
    const __m128i strange = _mm_or_si128(
        _mm_cmpeq_epi8(_mm_max_epu8(above, past), above), _mm_cmpeq_epi8(v, ampersand));
    masks.structure |= (uint64_t)(uint16_t)_mm_movemask_epi8(hit) << (16 * i);
    masks.odd |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_andnot_si128(hit, strange)) << (16 * i);
  }
  return masks;
}

#elif defined(__aarch64__)

static inline __attribute__((always_inline)) uint64_t scan_movemask64(
    uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
  uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
  uint8x16_t sum = vpaddq_u8(vpaddq_u8(ab, cd), vdupq_n_u8(0));
  return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

static inline __attribute__((always_inline)) scan_block_masks scan_block64(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  uint8x16_t hit[4], odd[4];
  for (int i = 0; i < 4; i++) {
    const uint8x16_t v = vld1q_u8(bytes + 16 * i);
    hit[i] = vorrq_u8(
        vorrq_u8(vceqq_u8(v, vdupq_n_u8(delimiter)), vceqq_u8(v, vdupq_n_u8(quote))),
        vorrq_u8(vceqq_u8(v, vdupq_n_u8('\n')), vceqq_u8(v, vdupq_n_u8('\r'))));
    const uint8x16_t strange = vorrq_u8(
        vcgeq_u8(vsubq_u8(v, vdupq_n_u8(' ')), vdupq_n_u8(0x7F - ' ')), vceqq_u8(v, vdupq_n_u8('&')));
    odd[i] = vbicq_u8(strange, hit[i]);
  }
  scan_block_masks masks = {
      scan_movemask64(hit[0], hit[1], hit[2], hit[3]),
      scan_movemask64(odd[0], odd[1], odd[2], odd[3])};
  return masks;
}

// Whether a block may have a line feed or an odd byte.
static inline __attribute__((always_inline)) int scan_is_worth_a_look(const uint8_t *bytes) {
  uint8x16_t low = vdupq_n_u8(0);
  for (int i = 0; i < 4; i++) {
    const uint8x16_t v = vld1q_u8(bytes + 16 * i);
    low = vorrq_u8(low, vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(' ')));
  }
  return vmaxvq_u8(low) != 0;
}

static inline __attribute__((always_inline)) scan_text_masks scan_text64(const uint8_t *bytes) {
  uint8x16_t lf[4], odd[4];
  for (int i = 0; i < 4; i++) {
    const uint8x16_t v = vld1q_u8(bytes + 16 * i);
    lf[i] = vceqq_u8(v, vdupq_n_u8('\n'));
    const uint8x16_t allowed = vorrq_u8(
        lf[i], vorrq_u8(vceqq_u8(v, vdupq_n_u8('\t')), vceqq_u8(v, vdupq_n_u8('\r'))));
    // With a sign, bytes beyond ASCII are below the space like control bytes.
    const uint8x16_t strange = vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(' '));
    odd[i] = vbicq_u8(strange, allowed);
  }
  scan_text_masks masks = {
      scan_movemask64(lf[0], lf[1], lf[2], lf[3]),
      scan_movemask64(odd[0], odd[1], odd[2], odd[3])};
  return masks;
}

#else

static inline scan_block_masks scan_block64(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  scan_block_masks masks = {0, 0};
  for (int i = 0; i < 64; i++) {
    const uint8_t b = bytes[i];
    if (b == delimiter || b == quote || b == '\n' || b == '\r') masks.structure |= 1ull << i;
    else if (b < 0x20 || b > 0x7E || b == '&') masks.odd |= 1ull << i;
  }
  return masks;
}

static inline int scan_is_worth_a_look(const uint8_t *bytes) { return 1; }

static inline scan_text_masks scan_text64(const uint8_t *bytes) {
  scan_text_masks masks = {0, 0};
  for (int i = 0; i < 64; i++) {
    const uint8_t b = bytes[i];
    if (b == '\n') masks.line_feeds |= 1ull << i;
    else if ((b < 0x20 && b != '\t' && b != '\r') || b > 0x7F) masks.odd |= 1ull << i;
  }
  return masks;
}

#endif

// Goes over text up to the first block with an odd byte.
static inline scan_text_run scan_text(const uint8_t *bytes, uint64_t count) {
  scan_text_run run = {0, 0, 0};
  for (; run.byte_count + 64 <= count; run.byte_count += 64) {
    if (!scan_is_worth_a_look(bytes + run.byte_count)) continue;
    const scan_text_masks masks = scan_text64(bytes + run.byte_count);
    if (masks.odd != 0) break;
    if (masks.line_feeds == 0) continue;
    run.line_feed_count += (uint64_t)__builtin_popcountll(masks.line_feeds);
    run.line_start = run.byte_count + 64 - (uint64_t)__builtin_clzll(masks.line_feeds);
  }
  return run;
}

typedef struct {
  uint64_t end;   // the place of the first byte that ends a value; the number of bytes without one
  uint64_t high;  // not 0 when some byte before it is beyond ASCII
} scan_value_run;

// Goes to the first byte that is `closing`, `<`, `&`, `]` or a control byte.
static inline scan_value_run scan_value(const uint8_t *bytes, uint64_t count, uint8_t closing) {
  scan_value_run run = {0, 0};
#if defined(__SSE2__)
  const __m128i end = _mm_set1_epi8((char)closing), past = _mm_set1_epi8(0x1F);
  for (; run.end + 16 <= count; run.end += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + run.end));
    const __m128i hit = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(v, end), _mm_cmpeq_epi8(_mm_min_epu8(v, past), v)),
        _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('<')), _mm_cmpeq_epi8(v, _mm_set1_epi8('&'))),
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(']')), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)))));
    const unsigned hits = (unsigned)_mm_movemask_epi8(hit), high = (unsigned)_mm_movemask_epi8(v);
    if (hits != 0) {
      run.high |= high & ((hits & -hits) - 1);
      run.end += (uint64_t)__builtin_ctz(hits);
      return run;
    }
    run.high |= high;
  }
#endif
  for (; run.end < count; run.end++) {
    const uint8_t b = bytes[run.end];
    if (b == closing || b == '<' || b == '&' || b == ']' || b < 0x20 || b == 0x7F) break;
    run.high |= b & 0x80;
  }
  return run;
}

#if defined(__SSE2__)

// Copies 16 bytes and says which are not printable ASCII, or quotation marks or backslashes.
static inline __attribute__((always_inline)) int scan_copy_plain16(
    uint8_t *target, const uint8_t *source) {
  const __m128i v = _mm_loadu_si128((const __m128i *)source);
  // With a sign, bytes beyond ASCII are below the space too.
  const __m128i hit = _mm_or_si128(
      _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F))),
      _mm_or_si128(
          _mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));
  _mm_storeu_si128((__m128i *)target, v);
  return _mm_movemask_epi8(hit);
}

#endif

// Copies bytes up to the first that is not printable ASCII, or is a quotation mark or a backslash;
// returns how many. There is room for all of them, so that more may be written than is meant.
static inline __attribute__((always_inline)) uint64_t scan_copy_plain(
    uint8_t *target, const uint8_t *source, uint64_t count) {
  uint64_t place = 0;
#if defined(__SSE2__)
  if (count >= 16) {
    for (;;) {
      const int mask = scan_copy_plain16(target + place, source + place);
      if (mask != 0) return place + (uint64_t)__builtin_ctz((unsigned)mask);
      place += 16;
      if (place == count) return count;
      // The last 16, of which the first are there already.
      if (place + 16 > count) place = count - 16;
    }
  }
#endif
  for (; place < count; place++) {
    const uint8_t b = source[place];
    if (b < 0x20 || b >= 0x7F || b == '"' || b == '\\') break;
    target[place] = b;
  }
  return place;
}

typedef struct {
  uint64_t digits, letters, hex_letters, spaces;
  uint64_t strange;  // what is no printable ASCII
} scan_kinds;

// Which of up to 64 characters are of which kind, a bit for each. 64 bytes can be read.
static inline __attribute__((always_inline)) scan_kinds scan_kinds64(
    const uint8_t *bytes, uint64_t count) {
  scan_kinds kinds = {0, 0, 0, 0, 0};
#if defined(__SSE2__)
  const __m128i nine = _mm_set1_epi8(9), fifth = _mm_set1_epi8(5), last = _mm_set1_epi8(25);
  for (uint64_t place = 0; place < count; place += 16) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + place));
    const __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    const __m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i above = _mm_sub_epi8(v, _mm_set1_epi8(' '));
    const __m128i seen = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(0x7E - ' ')), above);
#define KIND(vector) ((uint64_t)(uint16_t)_mm_movemask_epi8(vector) << place)
    kinds.digits |= KIND(_mm_cmpeq_epi8(_mm_min_epu8(digit, nine), digit));
    kinds.letters |= KIND(_mm_cmpeq_epi8(_mm_min_epu8(letter, last), letter));
    kinds.hex_letters |= KIND(_mm_cmpeq_epi8(_mm_min_epu8(letter, fifth), letter));
    kinds.spaces |= KIND(_mm_cmpeq_epi8(above, _mm_setzero_si128()));
    kinds.strange |= KIND(seen) ^ (uint64_t)0xFFFF << place;
#undef KIND
  }
#else
  for (uint64_t place = 0; place < count; place++) {
    const uint64_t bit = 1ull << place;
    const uint8_t byte = bytes[place], letter = (byte | 0x20) - 'a';
    if ((uint8_t)(byte - '0') <= 9) kinds.digits |= bit;
    if (letter <= 25) kinds.letters |= bit;
    if (letter <= 5) kinds.hex_letters |= bit;
    if (byte == ' ') kinds.spaces |= bit;
    if (byte < ' ' || byte > '~') kinds.strange |= bit;
  }
#endif
  const uint64_t all = count >= 64 ? ~0ull : (1ull << count) - 1;
  kinds.digits &= all;
  kinds.letters &= all;
  kinds.hex_letters &= all;
  kinds.spaces &= all;
  kinds.strange &= all;
  return kinds;
}

// Hexadecimal digits. Two digits are a byte, the first one its high half.

#if defined(__SSE2__)

// The bytes of 16 digits, the first one highest; *invalid gets a bit for each that is no digit, *upper
// one for each letter in upper case.
static inline __attribute__((always_inline)) uint64_t scan_hex16(
    __m128i digits, int *invalid, int *upper) {
  const __m128i decimal = _mm_sub_epi8(digits, _mm_set1_epi8('0'));
  const __m128i letter =
      _mm_sub_epi8(_mm_or_si128(digits, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  const __m128i is_decimal = _mm_cmpeq_epi8(_mm_min_epu8(decimal, _mm_set1_epi8(9)), decimal);
  const __m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
  *invalid = _mm_movemask_epi8(_mm_or_si128(is_decimal, is_letter)) ^ 0xFFFF;
  // The bit that tells the cases apart is moved to the top; those in lower case have it.
  *upper = _mm_movemask_epi8(_mm_andnot_si128(_mm_slli_epi16(digits, 2), is_letter));
  const __m128i nibbles = _mm_or_si128(
      _mm_and_si128(is_decimal, decimal),
      _mm_andnot_si128(is_decimal, _mm_add_epi8(letter, _mm_set1_epi8(10))));
  // Of each pair the first nibble lies in the low byte of a 16-bit lane.
  const __m128i joined = _mm_and_si128(
      _mm_or_si128(_mm_slli_epi16(nibbles, 4), _mm_srli_epi16(nibbles, 8)), _mm_set1_epi16(0xFF));
  return __builtin_bswap64((uint64_t)_mm_cvtsi128_si64(_mm_packus_epi16(joined, joined)));
}

// Reads 24 digits of either case; 0 when some byte is no digit. *has_upper is 0 when all letters are in
// lower case.
static inline __attribute__((always_inline)) int scan_read_hex24(
    const uint8_t *text, uint64_t *high, uint32_t *low, int *has_upper) {
  int invalid_first, invalid_last, upper_first, upper_last;
  *high = scan_hex16(_mm_loadu_si128((const __m128i *)text), &invalid_first, &upper_first);
  const uint64_t last =
      scan_hex16(_mm_loadl_epi64((const __m128i *)(text + 16)), &invalid_last, &upper_last);
  *low = (uint32_t)(last >> 32);
  *has_upper = upper_first | (upper_last & 0xFF);
  return (invalid_first | (invalid_last & 0xFF)) == 0;
}

// The 16 digits of 8 bytes, in lower case.
static inline __attribute__((always_inline)) __m128i scan_digits16(uint64_t bytes) {
  const __m128i all = _mm_cvtsi64_si128((long long)__builtin_bswap64(bytes));
  const __m128i mask = _mm_set1_epi8(15);
  const __m128i nibbles = _mm_unpacklo_epi8(
      _mm_and_si128(_mm_srli_epi16(all, 4), mask), _mm_and_si128(all, mask));
  const __m128i letters = _mm_cmpgt_epi8(nibbles, _mm_set1_epi8(9));
  return _mm_add_epi8(
      _mm_add_epi8(nibbles, _mm_set1_epi8('0')),
      _mm_and_si128(letters, _mm_set1_epi8('a' - '0' - 10)));
}

// Writes 24 digits in lower case.
static inline __attribute__((always_inline)) void scan_write_hex24(
    uint8_t *text, uint64_t high, uint32_t low) {
  _mm_storeu_si128((__m128i *)text, scan_digits16(high));
  _mm_storel_epi64((__m128i *)(text + 16), scan_digits16((uint64_t)low << 32));
}

#else

static inline int scan_read_hex24(
    const uint8_t *text, uint64_t *high, uint32_t *low, int *has_upper) {
  uint64_t parts[2] = {0, 0};
  *has_upper = 0;
  for (int i = 0; i < 24; i++) {
    const uint8_t letter = (text[i] | 0x20) - 'a', decimal = text[i] - '0';
    if (decimal > 9 && letter > 5) return 0;
    *has_upper |= decimal > 9 && (text[i] & 0x20) == 0;
    parts[i / 16] = parts[i / 16] << 4 | (decimal <= 9 ? decimal : letter + 10);
  }
  *high = parts[0];
  *low = (uint32_t)parts[1];
  return 1;
}

static inline void scan_write_hex24(uint8_t *text, uint64_t high, uint32_t low) {
  for (int i = 0; i < 24; i++) {
    const unsigned nibble = i < 16 ? high >> (60 - 4 * i) & 15 : low >> (92 - 4 * i) & 15;
    text[i] = (uint8_t)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
  }
}

#endif
