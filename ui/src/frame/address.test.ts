import { expect, test } from "vitest";
import { hostOf } from "./address";

test("before a backdrop is used the person reads whom it will contact", () => {
  expect(hostOf(" https://tiles.example.cn:8443/a/{z}/{x}/{y}.png ")).toBe("tiles.example.cn:8443");
  expect(hostOf("http://example.cn/wmts?request=GetCapabilities#影像")).toBe("example.cn");
});

test("a name and password before the host are not shown as the host", () => {
  expect(hostOf("https://example.cn@evil.test/{z}/{x}/{y}.png")).toBe("evil.test");
});

test("half an address names nobody", () => {
  for (const half of ["", "https:/", "https://", "tiles.example.cn", "file:///etc/passwd", "javascript:alert(1)"])
    expect(hostOf(half)).toBeNull();
});
