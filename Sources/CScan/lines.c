#include <string.h>

#include "scan.h"

static inline uint8_t *put_text(uint8_t *to, scan_line_text text) {
  for (uint64_t i = 0; i < text.count; i += 16) memcpy(to + i, text.bytes + i, 16);
  return to + text.count;
}

// Makes the digits those of a value. Mostly it is the next one, and only the last digit another.
static inline void count_to(scan_counter *counter, uint64_t value) {
  const int is_next = value == counter->value + 1 && counter->count > 0;
  counter->value = value;
  if (is_next && counter->last_digits >> 56 < '9') {
    counter->last_digits += 1ULL << 56;
    return;
  }
  counter->last_digits = scan_eight_digits((uint32_t)(value % 100000000));
  uint8_t digits[20];
  uint64_t count = 0, rest = value;
  do {
    digits[count++] = (uint8_t)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  counter->count = count;
  for (uint64_t i = 0; i + 8 < count; i++) counter->first_digits[i] = digits[count - 1 - i];
}

static inline uint8_t *put_digits(uint8_t *to, uint64_t digits, uint64_t count) {
  digits >>= 8 * (8 - count);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  digits = __builtin_bswap64(digits);
#endif
  memcpy(to, &digits, 8);
  return to + count;
}

static inline uint8_t *put_count(uint8_t *to, const scan_counter *counter) {
  if (counter->count <= 8) return put_digits(to, counter->last_digits, counter->count);
  memcpy(to, counter->first_digits, 16);
  return put_digits(to + counter->count - 8, counter->last_digits, 8);
}

// The places of the first extensions with 2 to 11 digits, from 1.
static const uint64_t first_places[12] = {0,         0,          1,          101,
                                          1101,      11101,      111101,     1111101,
                                          11111101,  111111101,  1111111101, 11111111101};

static inline uint8_t *put_number(uint8_t *to, uint64_t place, unsigned digit_count) {
  uint64_t number = place - first_places[digit_count];
  if (digit_count > 8) {
    const uint32_t first = (uint32_t)(number / 100000000);
    number %= 100000000;
    if (digit_count > 9) *to++ = (uint8_t)('0' + first / 10);
    *to++ = (uint8_t)('0' + first % 10);
    digit_count = 8;
  }
  return put_digits(to, scan_eight_digits((uint32_t)number), digit_count);
}

uint64_t scan_write_lines(
    uint8_t *to, const scan_line_form *form, const scan_row *rows, uint64_t count,
    uint64_t first_number, scan_counter *counter, uint64_t *length) {
  const scan_line_form texts = *form;
  scan_counter numbers = *counter;
  uint8_t *end = to;
  unsigned digit_count = 2;
  uint64_t i = 0;
  for (; i < count; i++) {
    const scan_row row = rows[i];
    const uint64_t place = row.word & texts.place_mask;
    if (place == 0 || place >= first_places[11]) break;
    if (((row.word ^ rows[0].word) & texts.same_mask) != 0) break;
    // Most extensions are as long as the one before.
    while (place < first_places[digit_count]) digit_count--;
    while (place >= first_places[digit_count + 1]) digit_count++;
    end = put_text(end, texts.opening);
    count_to(&numbers, first_number + i);
    end = put_count(end, &numbers);
    end = put_text(end, texts.before_id);
    scan_write_hex24(end, row.high, row.low);
    end = put_text(end + 24, texts.before_number);
    end = put_number(end, place, digit_count);
    end = put_text(end, texts.ending);
  }
  *counter = numbers;
  *length += (uint64_t)(end - to);
  return i;
}
