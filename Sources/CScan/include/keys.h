// Reads the two keys of records that were split (records.h): an id of 24 hexadecimal digits and a number
// of 2 to 10 decimal ones. Only those of records that are sound by a rule are read; all others are left
// to the caller, whose own look at them is the plain twin of this.
#pragma once
#include <stdint.h>

#include "records.h"

typedef struct {
  uint32_t width;  // of all records
  uint32_t id_column;
  uint32_t number_column;
  int32_t spaceless_column;  // the one that may have no spaces, or -1
  uint32_t first_second;     // the least that the first 8 digits of an id may say
  uint32_t last_second;      // the most
} scan_key_rule;

typedef struct {
  uint64_t high;  // the first 16 digits of the id
  uint32_t low;   // the last 8
  uint32_t distance;  // from the first record of the run, in bytes
  uint64_t number;  // the number's value, and from bit 56 on how many digits it has
} scan_keys;

// Reads the keys of `count` records, whose fields lie one after the other.
//
// A record is sound that has no trait but its line end, letters and spaces, none of these in the column
// that may have none, an id of digits and letters in lower case that does not end in 8 zeros and is of a time that
// is allowed, and a number that does not begin with a zero. A run are sound records with no others in
// between. The indexes of the others go to `others`, which has room for all. Returns how many are sound.
uint32_t scan_read_keys(
    const uint8_t *bytes, const scan_field *fields, const scan_record *records, uint32_t count,
    const scan_key_rule *rule, scan_keys *keys, uint32_t *others);
