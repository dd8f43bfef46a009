// Splits CSV records of the usual kind, many in one go, and reads the keys of those of which id and number
// say all there is to say.
//
// A record of the usual kind has the expected number of fields, ends with a line feed or with a carriage
// return and a line feed, is not longer than a piece, and has quotes at most around whole fields that
// hold no line ends, and doubled inside these. Everything else is left to the caller, whose own walk
// over the bytes, and own look at the fields, are the plain twins of this.
#pragma once
#include <stdint.h>

typedef struct {
  uint32_t start;
  uint32_t count;
} scan_field;

// What is said of a record beside its length.
enum {
  SCAN_ENDS_WITH_BOTH = 1,  // a carriage return and a line feed
  // A value has an odd byte (scan_block_masks) that belongs to no letter as below and is no ampersand
  // without an HTML entity behind it, an equals or a number sign, or begins or ends with a space.
  SCAN_IS_ODD = 2,
  SCAN_HAS_SPACES = 4,
  SCAN_BEGINS_ODDLY = 8,  // with a byte whose `beginnings` are 2
  SCAN_HAS_DOUBLED_QUOTES = 16,
  // Letters from U+00C0 to U+017F but Â, Ã, â and ï, in UTF-8.
  SCAN_HAS_LETTERS = 32,
};

typedef struct {
  uint32_t start;       // its first byte
  uint32_t byte_count;  // without the line end
  uint32_t traits;
} scan_record;

// Which records are sound: those that have no trait but their line end, letters, doubled quotes and spaces,
// none of these in the column that may have none, an id of 24 hexadecimal digits in lower case that does not end in 8
// zeros and is of a time that is allowed, and a number of 2 to 10 digits that does not begin with 0.
typedef struct {
  uint32_t id_column;
  uint32_t number_column;
  int32_t spaceless_column;  // the one that may have no spaces, or -1
  uint32_t first_second;     // the least that the first 8 digits of an id may say
  uint32_t last_second;      // the most
} scan_key_rule;

typedef struct {
  uint64_t high;      // the first 16 digits of the id
  uint32_t low;       // the last 8
  uint32_t distance;  // from the first record of the run, in bytes
  uint64_t number;    // the number's value, and from bit 56 on how many digits it has
} scan_keys;

// What was split: `records` of all, `keys` of the sound ones, and of all others the fields, one record's
// behind the other's, and which of the records they are. A run are sound records with no others in between.
typedef struct {
  scan_record *records;
  scan_keys *keys;
  scan_field *fields;
  uint32_t *others;
} scan_target;

typedef struct {
  uint32_t record_count;
  uint32_t sound_count;
  uint32_t both_count;  // of records that end with a carriage return and a line feed
} scan_counts;

// What records are like, and the piece of the bytes that was looked at last.
typedef struct scan_splitter scan_splitter;

// The instructions that records are split with.
typedef enum {
  SCAN_PLAIN,   // those that every machine has
  SCAN_AVX2,    // AVX2, BMI and BMI2
  SCAN_AVX512,  // also AVX-512 F, BW and VBMI2
} scan_kernel;

// Whether this machine has a kernel's instructions.
int scan_has_kernel(scan_kernel kernel);

// Makes a splitter for records of `width` fields, at least 1, and at most `byte_limit` bytes without
// the line end; delimiter and quote are no NUL. `beginnings` says of each byte whether a record's first
// value may begin with it: 0 for no, 1 for yes, 2 for a record that is to be marked. NULL when there is
// no memory, or the machine has not the kernel.
scan_splitter *scan_splitter_new(
    scan_kernel kernel, uint8_t delimiter, uint8_t quote, uint32_t width, uint64_t byte_limit,
    const uint8_t *beginnings);

void scan_splitter_free(scan_splitter *splitter);

// Forgets the bytes.
void scan_splitter_begin(scan_splitter *splitter);

// Splits records from `start` on, which is the first byte of one, until `limit` are split or one is of
// another kind. Without a rule no record is sound. The target has room for `limit` of each, and fields of
// so many records.
scan_counts scan_records(
    scan_splitter *splitter, const uint8_t *bytes, uint64_t count, uint64_t start, uint32_t limit,
    const scan_key_rule *rule, scan_target target);
