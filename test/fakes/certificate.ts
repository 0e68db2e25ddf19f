/** A certificate that nothing trusts. */
export const aCertificate = `-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIUB9KZhZJ//Wrm6U4lIXy5weqf8vcwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLYm90LmV4YW1wbGUwIBcNMjYxMTIzMTYyMDQ4WhgPMjEyNjEw
MzAxNjIwNDhaMBYxFDASBgNVBAMMC2JvdC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAE3QKa+lY7jQgSF7XF67lWQm3zVQmtc90Q5Pd8GkELErtKCFkg
qSB9X9/235MX3ozbEjzznvACxgfO9jx05Q+MkaNTMFEwHQYDVR0OBBYEFFvt8Yqs
+eE5umIVzKR+SmnzTr9XMB8GA1UdIwQYMBaAFFvt8Yqs+eE5umIVzKR+SmnzTr9X
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgZyaJwVDls3BeNXGL
Dpbzgmylv5KNXDtZzTGBCaLfAnYCIFlzG6axVLXW/f5RpKvuWv9/aDia0lTXBX9g
yfDqRG6d
-----END CERTIFICATE-----
`;

/** Its private key, which opens nothing. */
export const itsKey = {
  kty: 'EC',
  crv: 'P-256',
  x: '3QKa-lY7jQgSF7XF67lWQm3zVQmtc90Q5Pd8GkELErs',
  y: 'SghZIKkgfV_f9t-TF96M2xI8857wAsYHzvY8dOUPjJE',
  d: 'VBLGk7MUl53jfKSFL9TfMVDDWOiRc0VNSwfhlb1Z_gs',
} as const;
