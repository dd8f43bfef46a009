// What the kernel (records_kernel.h) does with the vectors that every machine has, if any.

static inline record_masks masks_plain(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const scan_block_masks block = scan_block64(bytes, delimiter, quote);
  record_masks masks = {block.structure, 0, 0, block.odd, 0};
#if defined(__SSE2__)
  const __m128i q = _mm_set1_epi8((char)quote);
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), space = _mm_set1_epi8(' ');
  const __m128i equals = _mm_set1_epi8('='), number = _mm_set1_epi8('#');
  for (int i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(v, equals), _mm_cmpeq_epi8(v, number));
    const __m128i line_ends = _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr));
    masks.quotes |= (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, q)) << (16 * i);
    masks.line_ends |= (uint64_t)(uint16_t)_mm_movemask_epi8(line_ends) << (16 * i);
    masks.spaces |=
        (uint64_t)(uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, space)) << (16 * i);
    masks.odd |= (uint64_t)(uint16_t)_mm_movemask_epi8(signs) << (16 * i);
  }
#else
  for (int i = 0; i < 64; i++) {
    masks.quotes |= (uint64_t)(bytes[i] == quote) << i;
    masks.line_ends |= (uint64_t)(bytes[i] == '\n' || bytes[i] == '\r') << i;
    masks.spaces |= (uint64_t)(bytes[i] == ' ') << i;
    masks.odd |= (uint64_t)(bytes[i] == '=' || bytes[i] == '#') << i;
  }
#endif
  masks.odd &= ~masks.structure;
  masks.spaces &= ~masks.structure;
  return masks;
}

// Reads 24 hexadecimal digits without letters in upper case; 0 for anything else.
static inline int read_id_plain(const uint8_t *text, uint64_t *high, uint32_t *low) {
  int has_upper;
  return scan_read_hex24(text, high, low, &has_upper) && !has_upper;
}

#define places_plain list_places
#define few_places_plain list_few_places
