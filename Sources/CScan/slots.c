#include "scan.h"

// How many words ahead slots are asked for.
enum { AHEAD = 12 };

// The high half of a word without the bits that all have, scaled to the number of slots.
static inline uint64_t home(scan_table table, uint64_t word) {
  return ((uint64_t)((uint32_t)(word >> 32) << table.shift) * table.home_count) >> 32;
}

uint64_t scan_enter(
    scan_table table, const uint64_t *words, uint64_t count, uint64_t passed, uint64_t *found) {
  for (uint64_t i = 0; i < count; i++) {
    if (i + AHEAD < count) scan_prefetch(table.slots + home(table, words[i + AHEAD]));
    const uint32_t head = (uint32_t)(words[i] >> 32), tag = (uint32_t)words[i] & table.mask;
    uint64_t slot = home(table, words[i]);
    scan_slots window;
    for (;;) {
      window = scan_slots8(table.slots + slot, tag, table.mask);
      // Those before the first that is empty, or all.
      uint32_t candidates = window.equal & ((window.empty & (0 - window.empty)) - 1);
      for (; candidates; candidates &= candidates - 1) {
        const uint64_t candidate = slot + (uint64_t)__builtin_ctz(candidates);
        if (table.heads[candidate] != head) continue;
        if (i > 0 || passed == 0) {
          *found = candidate;
          return i;
        }
        passed--;
      }
      if (window.empty) break;
      slot += 8;
      if (slot > table.home_count) slot = 0;
    }
    slot += (uint64_t)__builtin_ctz(window.empty);
    table.slots[slot] = (uint32_t)words[i];
    table.heads[slot] = head;
  }
  return count;
}
