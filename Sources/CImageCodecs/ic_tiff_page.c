// What a page is, before it is decoded.

#include "ic_tiff.h"

#include <stdio.h>

// As many as data sets can have.
enum { maximum_channels = 64 };

static const char *name_of(const page *of) {
  switch (of->photometric) {
    case PHOTOMETRIC_RGB: case PHOTOMETRIC_YCBCR: return "RGB";
    case PHOTOMETRIC_PALETTE: return "palette";
    default: return "grey";
  }
}

int ic_tiff_refuse(ic_message *message, const char *what, const char *remedy) {
  ic_say(message, "is a TIFF %s: %s", what, remedy);
  return 0;
}

static int describe_numbers(page *of, ic_message *message) {
  uint16_t bits = 1, format = SAMPLEFORMAT_UINT;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_SAMPLEFORMAT, &format);
  of->bits = bits;
  switch (format) {
    case SAMPLEFORMAT_UINT: case SAMPLEFORMAT_VOID: of->number = unsigned_integer; break;
    case SAMPLEFORMAT_INT: of->number = signed_integer; break;
    case SAMPLEFORMAT_IEEEFP: of->number = floating; break;
    default: return ic_tiff_refuse(message, "of complex numbers", "save their magnitude");
  }
  int fits = of->number == floating          ? bits == 16 || bits == 32 || bits == 64
             : of->number == signed_integer  ? bits == 8 || bits == 16 || bits == 32 || bits == 64
                                             : (bits >= 1 && bits <= 16) || bits == 32 || bits == 64;
  if (fits) return 1;
  char what[40];
  snprintf(what, sizeof what, "of %d-bit samples", bits);
  return ic_tiff_refuse(message, what, "save it with 8, 16 or 32");
}

static int describe_colours(page *of, ic_message *message) {
  uint16_t samples = 1, photometric = PHOTOMETRIC_MINISBLACK, extra = 0, *kinds = NULL;
  uint16_t planar = PLANARCONFIG_CONTIG, compression = COMPRESSION_NONE;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(of->file, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_EXTRASAMPLES, &extra, &kinds);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(of->file, TIFFTAG_COMPRESSION, &compression);
  of->photometric = photometric;
  of->samples = samples;
  of->is_planar = planar == PLANARCONFIG_SEPARATE && samples > 1;
  of->compression = compression;
  int colours = 1;
  switch (photometric) {
    case PHOTOMETRIC_MINISBLACK: case PHOTOMETRIC_MINISWHITE: break;
    case PHOTOMETRIC_RGB: colours = 3; break;
    case PHOTOMETRIC_PALETTE:
      of->is_palette = 1;
      if (of->number != unsigned_integer || of->bits > 16 ||
          !TIFFGetField(of->file, TIFFTAG_COLORMAP, &of->red, &of->green, &of->blue))
        return ic_tiff_refuse(message, "with a palette that is missing or wrong", "save it as RGB");
      break;
    case PHOTOMETRIC_YCBCR:
      if (compression != COMPRESSION_JPEG || of->is_planar)
        return ic_tiff_refuse(message, "of YCbCr without JPEG", "save it as RGB");
      colours = 3;
      TIFFSetField(of->file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      break;
    case PHOTOMETRIC_SEPARATED: return ic_tiff_refuse(message, "of CMYK", "save it as RGB");
    default: return ic_tiff_refuse(message, "of neither grey, RGB nor a palette", "save it as RGB");
  }
  if (samples < colours)
    return ic_tiff_refuse(message, "with fewer samples than colours", "save it again");
  // Alpha says how pixels are shown; samples of which nothing is said are channels like others.
  int others = samples - colours;
  for (int i = 0; i < extra && i < samples - colours; i++)
    if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA) {
      if (i < samples - colours - 1)
        return ic_tiff_refuse(message, "with alpha between its channels", "save it without alpha");
      others--;
    }
  if (of->is_palette && others)
    return ic_tiff_refuse(message, "with a palette and other channels", "save it as RGB");
  of->channels = colours + others;
  if (of->channels > maximum_channels) {
    char what[40];
    snprintf(what, sizeof what, "of %d channels", of->channels);
    return ic_tiff_refuse(message, what, "save the 64 at most that are wanted");
  }
  int is_fax = compression == COMPRESSION_CCITTRLE || compression == COMPRESSION_CCITTRLEW ||
               compression == COMPRESSION_CCITTFAX3 || compression == COMPRESSION_CCITTFAX4;
  if (is_fax && (samples > 1 || of->bits > 1))
    return ic_tiff_refuse(message, "of fax codes for more than black and white", IC_DAMAGED);
  return 1;
}

// How many bytes of samples the densest file of a compression makes of one of its own. None of deflate's codes
// stands for more than 258 bytes and takes less than two bits, none of LZW's 12 bits for more than 4,096 bytes; what
// others reach on an image of one colour is not known, but ends somewhere.
static uint64_t most_expansion(int compression) {
  switch (compression) {
    case COMPRESSION_NONE: return 1;
    case COMPRESSION_PACKBITS: return 64;
    case COMPRESSION_DEFLATE: case COMPRESSION_ADOBE_DEFLATE: return 1032;
    case COMPRESSION_LZW: return 2731;
    default: return 1 << 16;
  }
}

// A file that says it is large without holding as much takes no memory for it.
static int hold_samples(const page *of, const ic_tiff *tiff, ic_message *message) {
  uint64_t row = ((uint64_t)of->width * (uint64_t)of->samples * (uint64_t)of->bits + 7) / 8;
  if (row * of->height / most_expansion(of->compression) <= tiff->source.count) return 1;
  return ic_tiff_refuse(message, "that says it has more samples than its bytes can hold", IC_DAMAGED);
}

int ic_tiff_describe(ic_tiff *tiff, int number, page *of, ic_header *header, ic_message *message) {
  *of = (page){.tiff = tiff, .file = tiff->file};
  tiff->error[0] = 0;
  if (number < 0 || number >= tiff->page_count) {
    ic_say(message, "has %d page%s, from 0: there is none of number %d", tiff->page_count,
           tiff->page_count == 1 ? "" : "s", number);
    return 0;
  }
  if (!TIFFSetSubDirectory(tiff->file, tiff->pages[number])) return ic_tiff_say_damage(tiff, message);
  if (!TIFFGetField(tiff->file, TIFFTAG_IMAGEWIDTH, &of->width) ||
      !TIFFGetField(tiff->file, TIFFTAG_IMAGELENGTH, &of->height) || !of->width || !of->height)
    return ic_tiff_refuse(message, "without a size", IC_DAMAGED);
  if (!ic_accept_extent(of->width, of->height, message)) return 0;
  uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(of->file, TIFFTAG_ORIENTATION, &orientation);
  if (!ic_accept_orientation(orientation, message)) return 0;
  if (!describe_numbers(of, message) || !describe_colours(of, message)) return 0;
  if (!hold_samples(of, tiff, message)) return 0;
  of->is_tiled = TIFFIsTiled(of->file);
  header->width = (int)of->width;
  header->height = (int)of->height;
  header->channels = of->is_palette ? 3 : of->channels;
  header->depth = of->is_palette                                      ? 8
                  : of->number == unsigned_integer && of->bits <= 8   ? 8
                  : of->number == unsigned_integer && of->bits <= 16  ? 16
                                                                      : 32;
  header->holds_ids = of->channels == 1 && of->number != floating && of->compression != COMPRESSION_JPEG;
  snprintf(header->format, sizeof header->format, "%d-bit%s %s%s", of->bits,
           of->number == floating         ? " float"
           : of->number == signed_integer ? " signed"
                                          : "",
           name_of(of), of->compression == COMPRESSION_JPEG ? ", JPEG" : "");
  if (of->channels != 1 && of->channels != 3)
    snprintf(header->format, sizeof header->format, "%d-bit of %d channels", of->bits, of->channels);
  return 1;
}
