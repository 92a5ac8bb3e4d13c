"""What the readers of office documents share: packages, XML, OLE containers, cells."""
