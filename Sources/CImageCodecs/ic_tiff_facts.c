// What pages say besides their pixels.

#include "ic_tiff.h"
#include "ic_tiff_tags.h"

static int stand_at(ic_tiff *tiff, int number, ic_message *message) {
  tiff->error[0] = 0;
  if (number < 0 || number >= tiff->page_count) {
    ic_say(message, "has no page of number %d", number);
    return 0;
  }
  return TIFFSetSubDirectory(tiff->file, tiff->pages[number]) ? 1 : ic_tiff_say_damage(tiff, message);
}

int ic_tiff_resolution(ic_tiff *tiff, int number, ic_resolution *resolution, ic_message *message) {
  if (!stand_at(tiff, number, message)) return 0;
  float x = 0, y = 0;
  uint16_t unit = RESUNIT_INCH;
  TIFFGetField(tiff->file, TIFFTAG_XRESOLUTION, &x);
  TIFFGetField(tiff->file, TIFFTAG_YRESOLUTION, &y);
  TIFFGetFieldDefaulted(tiff->file, TIFFTAG_RESOLUTIONUNIT, &unit);
  *resolution = (ic_resolution){x, y, unit};
  return 1;
}

const char *ic_tiff_description(ic_tiff *tiff, int number, ic_message *message) {
  char *text = NULL;
  if (!stand_at(tiff, number, message)) return NULL;
  return TIFFGetField(tiff->file, TIFFTAG_IMAGEDESCRIPTION, &text) && text ? text : "";
}

// True where strips lie one behind the other.
static int has_strips_in_a_row(TIFF *file, uint64_t *first) {
  const uint64_t *offsets = NULL;
  if (!TIFFGetField(file, TIFFTAG_STRIPOFFSETS, &offsets) || !offsets) return 0;
  uint64_t bytes = (uint64_t)TIFFStripSize64(file);
  uint32_t strips = TIFFNumberOfStrips(file);
  for (uint32_t i = 1; i < strips; i++)
    if (offsets[i] != offsets[0] + i * bytes) return 0;
  *first = offsets[0];
  return 1;
}

int ic_tiff_plain_page(ic_tiff *tiff, int number, ic_plain_page *plain, ic_message *message) {
  page of;
  ic_header header;
  if (!ic_tiff_describe(tiff, number, &of, &header, message)) return 0;
  *plain = (ic_plain_page){
      .width = (int)of.width, .height = (int)of.height, .channels = of.channels, .bits = of.bits,
      .is_signed = of.number == signed_integer, .is_real = of.number == floating,
      .is_big_endian = TIFFIsBigEndian(of.file)};
  if (of.compression == COMPRESSION_NONE && !of.is_tiled && !of.is_planar && !of.is_palette &&
      of.photometric != PHOTOMETRIC_MINISWHITE && of.samples == of.channels && of.bits % 8 == 0)
    has_strips_in_a_row(of.file, &plain->offset);
  return 1;
}

int ic_copy_geographic_tags(ic_tiff *from, int number, TIFF *to, ic_message *message) {
  if (!stand_at(from, number, message)) return 0;
  for (const TIFFFieldInfo *field = ic_geographic_tags; field->field_tag; field++) {
    if (field->field_type == TIFF_ASCII) {
      char *text = NULL;
      if (TIFFGetField(from->file, field->field_tag, &text) && text)
        TIFFSetField(to, field->field_tag, text);
    } else {
      uint16_t count = 0;
      void *values = NULL;
      if (TIFFGetField(from->file, field->field_tag, &count, &values) && count && values)
        TIFFSetField(to, field->field_tag, count, values);
    }
  }
  return 1;
}
