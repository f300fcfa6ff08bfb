// HDF5 1.10 or later, the serial C interface.
//
// Types and defaults of HDF5 are macros over variables or casts, which Swift cannot import: each
// function below stands for one of them.
#include <hdf5.h>
// Dimension scales.
#include <hdf5_hl.h>

static inline hid_t chdf5_default(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_whole_extent(void) { return H5S_ALL; }
static inline hid_t chdf5_error_stack(void) { return H5E_DEFAULT; }

static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t chdf5_group_creation(void) { return H5P_GROUP_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }

// What files hold: the same bytes on every machine.
static inline hid_t chdf5_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_int64(void) { return H5T_STD_I64LE; }
static inline hid_t chdf5_uint64(void) { return H5T_STD_U64LE; }
static inline hid_t chdf5_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_text(void) { return H5T_C_S1; }

// What images are read as; libhdf5 converts, and clips what does not fit.
static inline hid_t chdf5_native_byte(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_native_integer(void) { return H5T_NATIVE_INT32; }
static inline hid_t chdf5_native_long(void) { return H5T_NATIVE_INT64; }
static inline hid_t chdf5_native_real(void) { return H5T_NATIVE_FLOAT; }

static inline haddr_t chdf5_undefined_address(void) { return HADDR_UNDEF; }
static inline unsigned chdf5_create(void) { return H5F_ACC_TRUNC; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
