// What the kernel (records_kernel.h) does with AVX-512 and VBMI2.

static inline __attribute__((always_inline)) record_masks masks_avx512(
    const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m512i v = _mm512_loadu_si512(bytes);
  const __m512i d = _mm512_set1_epi8((char)delimiter), q = _mm512_set1_epi8((char)quote);
  const __m512i lf = _mm512_set1_epi8('\n'), cr = _mm512_set1_epi8('\r');
  const __m512i space = _mm512_set1_epi8(' '), past = _mm512_set1_epi8(0x7F - ' ');
  const __m512i ampersand = _mm512_set1_epi8('&');
  const __m512i equals = _mm512_set1_epi8('='), number = _mm512_set1_epi8('#');
  record_masks masks;
  masks.quotes = _mm512_cmpeq_epi8_mask(v, q);
  masks.line_ends = _mm512_cmpeq_epi8_mask(v, lf) | _mm512_cmpeq_epi8_mask(v, cr);
  masks.structure = _mm512_cmpeq_epi8_mask(v, d) | masks.quotes | masks.line_ends;
  masks.odd = (_mm512_cmpge_epu8_mask(_mm512_sub_epi8(v, space), past) |
               _mm512_cmpeq_epi8_mask(v, ampersand) | _mm512_cmpeq_epi8_mask(v, equals) |
               _mm512_cmpeq_epi8_mask(v, number)) &
              ~masks.structure;
  masks.spaces = _mm512_cmpeq_epi8_mask(v, space) & ~masks.structure;
  return masks;
}

// Writes down the places of the bits of a block's mask, and up to 32 too many.
static inline __attribute__((always_inline)) uint32_t places_avx512(
    uint64_t mask, uint32_t base, uint16_t *target) {
  const __m512i numbers = _mm512_set_epi64(
      0x3F3E3D3C3B3A3938, 0x3736353433323130, 0x2F2E2D2C2B2A2928, 0x2726252423222120,
      0x1F1E1D1C1B1A1918, 0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
  const __m512i first = _mm512_set1_epi16((short)base);
  const uint32_t count = (uint32_t)__builtin_popcountll(mask);
  const __m512i bits = _mm512_maskz_compress_epi8(mask, numbers);
  const __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(bits));
  _mm512_storeu_si512(target, _mm512_add_epi16(first, low));
  if (count > 32) {
    const __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(bits, 1));
    _mm512_storeu_si512(target + 32, _mm512_add_epi16(first, high));
  }
  return count;
}

#define few_places_avx512 places_avx512
#define read_id_avx512 read_id_avx2
