#include "keys.h"

#include <string.h>

#include "scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Reads 2 to 10 digits, the first of which is not 0; gives 0 for anything else. `text` is that far behind
// the first byte that may be read.
static inline __attribute__((always_inline)) uint64_t read_number(
    const uint8_t *text, uint32_t count, uint32_t offset) {
  if (count - 2 > 8 || text[0] == '0') return 0;
  if (count > 8 || offset + count < 8) {
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
  if (count < 8) {
    const uint64_t others = (1ull << (8 * (8 - count))) - 1;
    word = (word & ~others) | (zeros & others);
  }
  // The high half of a digit is 3, even 6 further on.
  if (((word ^ zeros) & highs) != 0 || (((word + 0x0606060606060606) ^ zeros) & highs) != 0) return 0;
  // Neighbours are joined: digits to pairs, pairs to fours, fours to eight
  // (kholdstare.github.io/technical/2020/05/26/faster-integer-parsing.html).
  word = ((word & 0x0F0F0F0F0F0F0F0F) * 2561) >> 8;
  word = ((word & 0x00FF00FF00FF00FF) * 6553601) >> 16;
  word = ((word & 0x0000FFFF0000FFFF) * 42949672960001) >> 32;
  return word | (uint64_t)count << 56;
}

typedef struct {
  uint64_t high;
  uint32_t low;
} id_value;

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __attribute__((always_inline)) int read_id_avx2(
    const uint8_t *text, id_value *id) {
  const __m256i digits = _mm256_inserti128_si256(
      _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)text)),
      _mm_loadl_epi64((const __m128i *)(text + 16)), 1);
  const __m256i decimal = _mm256_sub_epi8(digits, _mm256_set1_epi8('0'));
  const __m256i letter = _mm256_sub_epi8(digits, _mm256_set1_epi8('a'));
  const __m256i is_decimal =
      _mm256_cmpeq_epi8(_mm256_min_epu8(decimal, _mm256_set1_epi8(9)), decimal);
  const __m256i is_letter =
      _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(5)), letter);
  const uint32_t valid = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(is_decimal, is_letter));
  if ((valid & 0xFFFFFF) != 0xFFFFFF) return 0;
  const __m256i nibbles = _mm256_blendv_epi8(
      _mm256_add_epi8(letter, _mm256_set1_epi8(10)), decimal, is_decimal);
  // Pairs of nibbles become bytes, the first one the high half.
  const __m256i pairs = _mm256_maddubs_epi16(nibbles, _mm256_set1_epi16(0x0110));
  const __m256i joined = _mm256_packus_epi16(pairs, pairs);
  id->high = __builtin_bswap64((uint64_t)_mm256_extract_epi64(joined, 0));
  id->low = __builtin_bswap32((uint32_t)_mm256_extract_epi32(joined, 4));
  return 1;
}

#endif

static inline __attribute__((always_inline)) int read_id_plain(const uint8_t *text, id_value *id) {
  int has_upper;
  return scan_read_hex24(text, &id->high, &id->low, &has_upper) && !has_upper;
}

static int has_space(const uint8_t *text, uint32_t count) {
  return memchr(text, ' ', count) != NULL;
}

// Defines a function that does it with one way to read ids.
#define DEFINE_READ(name, target, read_id)                                                        \
  target static uint32_t name(                                                                    \
      const uint8_t *bytes, const scan_field *fields, const scan_record *records, uint32_t count, \
      const scan_key_rule *rule, scan_keys *keys, uint32_t *others) {                             \
    uint32_t sound = 0, other = 0, run = 0;                                                       \
    int is_run = 0;                                                                               \
    for (uint32_t i = 0; i < count; i++) {                                                        \
      const scan_field *row = fields + (uint64_t)i * rule->width;                                 \
      const scan_field id = row[rule->id_column], number = row[rule->number_column];              \
      const uint32_t traits =                                                                     \
          records[i].traits & ~(uint32_t)(SCAN_ENDS_WITH_BOTH | SCAN_HAS_LETTERS);                \
      const uint32_t start = records[i].start;                                                    \
      int is_sound = traits == 0;                                                                 \
      if (traits == SCAN_HAS_SPACES) {                                                            \
        const int32_t column = rule->spaceless_column;                                            \
        is_sound = column < 0 || !has_space(bytes + row[column].start, row[column].count);        \
      }                                                                                           \
      id_value value;                                                                             \
      uint64_t digits = 0;                                                                        \
      if (is_sound && id.count == 24 && read_id(bytes + id.start, &value) && value.low != 0) {    \
        const uint32_t second = (uint32_t)(value.high >> 32);                                     \
        if (second >= rule->first_second && second <= rule->last_second) {                        \
          digits = read_number(bytes + number.start, number.count, number.start);                 \
        }                                                                                         \
      }                                                                                           \
      if (digits == 0) {                                                                          \
        others[other++] = i;                                                                      \
        is_run = 0;                                                                               \
        continue;                                                                                 \
      }                                                                                           \
      if (!is_run) run = start;                                                                   \
      is_run = 1;                                                                                 \
      keys[sound++] = (scan_keys){value.high, value.low, start - run, digits};                    \
    }                                                                                             \
    return sound;                                                                                 \
  }

#if defined(__x86_64__)
DEFINE_READ(read_keys_avx2, __attribute__((target("avx2,bmi,bmi2"))), read_id_avx2)
#endif
DEFINE_READ(read_keys_plain, , read_id_plain)

uint32_t scan_read_keys(
    const uint8_t *bytes, const scan_field *fields, const scan_record *records, uint32_t count,
    const scan_key_rule *rule, scan_keys *keys, uint32_t *others) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    return read_keys_avx2(bytes, fields, records, count, rule, keys, others);
  }
#endif
  return read_keys_plain(bytes, fields, records, count, rule, keys, others);
}
