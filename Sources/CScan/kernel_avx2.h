// What the kernel (records_kernel.h) does with AVX2.

static inline uint64_t movemask64(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

static inline record_masks masks_avx2(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m256i d = _mm256_set1_epi8((char)delimiter), q = _mm256_set1_epi8((char)quote);
  const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
  const __m256i space = _mm256_set1_epi8(' '), past = _mm256_set1_epi8(0x7F - ' ');
  const __m256i ampersand = _mm256_set1_epi8('&');
  const __m256i equals = _mm256_set1_epi8('='), number = _mm256_set1_epi8('#');
  __m256i delimiters[2], quotes[2], line_ends[2], odd[2], spaces[2];
  for (int i = 0; i < 2; i++) {
    const __m256i v = _mm256_loadu_si256((const __m256i *)(bytes + 32 * i));
    delimiters[i] = _mm256_cmpeq_epi8(v, d);
    quotes[i] = _mm256_cmpeq_epi8(v, q);
    line_ends[i] = _mm256_or_si256(_mm256_cmpeq_epi8(v, lf), _mm256_cmpeq_epi8(v, cr));
    const __m256i above = _mm256_sub_epi8(v, space);
    odd[i] = _mm256_or_si256(
        _mm256_or_si256(
            _mm256_cmpeq_epi8(_mm256_max_epu8(above, past), above), _mm256_cmpeq_epi8(v, ampersand)),
        _mm256_or_si256(_mm256_cmpeq_epi8(v, equals), _mm256_cmpeq_epi8(v, number)));
    spaces[i] = _mm256_cmpeq_epi8(v, space);
  }
  record_masks masks;
  masks.quotes = movemask64(quotes[0], quotes[1]);
  masks.line_ends = movemask64(line_ends[0], line_ends[1]);
  masks.structure = movemask64(delimiters[0], delimiters[1]) | masks.quotes | masks.line_ends;
  masks.odd = movemask64(odd[0], odd[1]) & ~masks.structure;
  masks.spaces = movemask64(spaces[0], spaces[1]) & ~masks.structure;
  return masks;
}

// Reads 24 hexadecimal digits without letters in upper case; 0 for anything else.
static inline int read_id_avx2(const uint8_t *text, uint64_t *high, uint32_t *low) {
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
  *high = __builtin_bswap64((uint64_t)_mm256_extract_epi64(joined, 0));
  *low = __builtin_bswap32((uint32_t)_mm256_extract_epi32(joined, 4));
  return 1;
}

#define places_avx2 list_places
#define few_places_avx2 list_few_places
