// SHA-256 only: EVP picks the processor's SHA instructions where there are any.
#include <openssl/evp.h>
