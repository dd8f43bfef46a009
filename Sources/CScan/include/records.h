// Splits CSV records of the usual kind, many at a time.
//
// A record of that kind has the expected number of fields, ends with a line feed or with a carriage
// return and a line feed, is not longer than a piece, and has quotes at most around whole fields that
// hold no line ends, and doubled inside these. Everything else is left to the caller, whose own walk
// over the bytes is the plain twin of this.
#pragma once
#include <stdint.h>

typedef struct {
  uint32_t start;
  uint32_t count;
} scan_field;

// What is said of a record beside its length.
enum {
  SCAN_ENDS_WITH_BOTH = 1,  // a carriage return and a line feed
  // A field has an odd byte (scan_block_masks) that belongs to no letter as below, an equals or a number
  // sign, or begins or ends with a space.
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

// What records are like, and the piece of the bytes that was looked at last.
typedef struct scan_splitter scan_splitter;

// Makes a splitter for records of `width` fields, at least 1, and at most `byte_limit` bytes without
// the line end; delimiter and quote are no NUL. `beginnings` says of each byte whether a record's first
// value may begin with it: 0 for no, 1 for yes, 2 for a record that is to be marked. NULL when there is
// no memory.
scan_splitter *scan_splitter_new(
    uint8_t delimiter, uint8_t quote, uint32_t width, uint64_t byte_limit,
    const uint8_t *beginnings);

void scan_splitter_free(scan_splitter *splitter);

// Forgets the bytes.
void scan_splitter_begin(scan_splitter *splitter);

// Splits records from `start` on, which is the first byte of one, until `limit` are split or one is of
// another kind. `fields` has room for `limit` times the width. Returns how many records were split, and
// in `both_count` how many of them end with a carriage return and a line feed.
uint64_t scan_records(
    scan_splitter *splitter, const uint8_t *bytes, uint64_t count, uint64_t start,
    scan_field *fields, scan_record *records, uint64_t limit, uint64_t *both_count);
