"""An online payment provider by a REST interface in the manner of XBezahldienste: create, redirect, ask, cancel, refund."""
